import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CancelledError } from '../../src/core/ports';
import { runIndexProcess } from '../../src/node/index-build/forkedIndexBuild';
import { places } from '../support/artifacts';
import { root } from '../support/cli';
import { temporaryFolder } from '../support/temporary';
import { writeTinyEncoder } from '../support/tinyEncoder';
import { casedWordPiece } from '../support/tinyTokenizers';

describe('index process', () => {
  const file = temporaryFolder();
  const entry = path.join(root, 'dist', 'index-process.js');
  const build = (out: string): { layer: 'last'; wordnet: string; corpus: string; out: string } => ({
    layer: 'last',
    wordnet: places.wordnet,
    corpus: places.corpus,
    out,
  });
  before(() => writeTinyEncoder(file('tiny'), { tokenizer: casedWordPiece, vocabularySize: 13 }));

  it('describes an encoder, or says why it cannot be used', async () => {
    const { info } = await runIndexProcess({ entry, settings: { encoder: file('tiny') } });
    assert.deepEqual([info.name, info.layers], ['tiny', ['last']]);
    const mean4 = { ...build(file('mean4.bin')), layer: 'mean4' as const };
    await assert.rejects(runIndexProcess({ entry, settings: { encoder: file('tiny'), build: mean4 } }), {
      name: 'UserError',
      message: /cannot follow the layer rule mean4/,
    });
    await assert.rejects(runIndexProcess({ entry, settings: { encoder: file() } }), { name: 'UserError' });
  });

  it('stops at a checkpoint when cancelled', async () => {
    const abort = new AbortController();
    const settings = { encoder: file('tiny'), build: build(file('last.bin')) };
    const run = runIndexProcess({ entry, settings, onProgress: () => abort.abort(), signal: abort.signal });
    await assert.rejects(run, CancelledError);
    assert.deepEqual([existsSync(file('last.bin')), existsSync(file('last.bin.partial'))], [false, true]);
    await assert.rejects(runIndexProcess({ entry, settings, signal: abort.signal }), CancelledError);
  });
});
