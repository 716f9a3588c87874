import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeModel } from '../../src/research/fitting/shippedModel';
import { loadManifest } from '../../src/node/files/dataFiles';
import { manifestText } from '../../src/core/bundle/manifest';
import { openModel } from '../../src/node/model/openModel';
import { sha256 } from '../../src/node/files/files';
import { ENGLISH } from '../../src/languages/english/language';
import { places, readerSettings } from '../support/artifacts';
import { temporaryFolder } from '../support/temporary';

const digest = (text: string): string => sha256(Buffer.from(text));

describe('the model that ships', () => {
  const inFolder = temporaryFolder();

  it('is what its manifest says, to the byte', async () => {
    const manifest = loadManifest(places.manifest);
    const described = await describeModel(path.dirname(places.manifest), manifest.fitted);
    assert.equal(
      manifestText(described, digest),
      readFileSync(places.manifest, 'utf8'),
      'npm run fit -- --write writes it anew',
    );
  });

  it('opens as one: parts, values, language and licences', async () => {
    const model = await openModel(readerSettings, ENGLISH);
    await model.encoder.dispose();
    const { language, licences, fitted } = loadManifest(places.manifest);
    assert.equal(model.language, language);
    assert.deepEqual(model.licences, licences);
    assert.deepEqual(model.fitted, fitted.default);
  });

  it('is refused when a file is another than the manifest names', async () => {
    const model = loadManifest(places.manifest);
    const relative = (file: string): string => path.relative(inFolder('.'), file).split(path.sep).join('/');
    const manifest = inFolder('manifest.json');
    const named = {
      ...model,
      encoder: { ...model.encoder, folder: relative(places.encoder) },
      wordnet: { ...model.wordnet, file: relative(places.wordnet) },
      indexes: {
        ...model.indexes,
        default: { ...model.indexes.default, file: relative(places.index('default')) },
      },
    };
    const open = async (own: typeof named): Promise<void> => {
      writeFileSync(manifest, manifestText(own, digest));
      const { encoder } = await openModel({ ...readerSettings, manifest }, ENGLISH);
      await encoder.dispose();
    };
    await open(named);
    const index = { ...named.indexes.default, sha256: '0'.repeat(64) };
    for (const other of [
      { ...named, encoder: { ...named.encoder, id: 'other@1' } },
      { ...named, wordnet: { ...named.wordnet, sha256: '0'.repeat(64) } },
      { ...named, indexes: { ...named.indexes, default: index } },
    ])
      await assert.rejects(open(other), { name: 'UserError', message: /is not what .*manifest\.json names/ });
  });
});
