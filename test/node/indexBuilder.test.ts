import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { CancelledError } from '../../src/core/ports';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import { embedWords } from '../../src/core/vectors/embed';
import { packArtifact } from '../../src/core/senses/artifact';
import type { LayerRule } from '../../src/core/model';
import { openSenseIndex, type SenseIndex } from '../../src/core/senses/senseIndex';
import { readableText, type TaggedSentence } from '../../src/core/senses/taggedCorpus';
import { standardise } from '../../src/core/vectors/standardise';
import { buildSenseIndex, type IndexBuildOptions } from '../../src/node/index-build/indexBuilder';
import { sha256 } from '../../src/node/files/files';
import { encoderVocabulary } from '../support/artifacts';
import { createFakeEncoder } from '../support/fakeEncoder';
import { smallWordnet } from '../support/smallWordnet';
import { temporaryFolder } from '../support/temporary';

const BANK = { money: 'bank%1:14:00::', river: 'bank%1:17:01::' };
const layer: LayerRule = 'mean4';

function sentence(doc: string, n: number, words: string, keys: readonly string[]): TaggedSentence {
  const tokens = words.split(' ').map((text) => ({
    text,
    lemma: text.toLowerCase(),
    pos: text === 'bank' ? 'NOUN' : 'X',
    ...(text === 'bank' ? { keys } : {}),
  }));
  return { id: `${doc}.${n}`, doc, tokens };
}

const corpus: readonly TaggedSentence[] = [
  sentence('d1', 1, 'The bank lends money .', [BANK.money]),
  sentence('d1', 2, 'Grass grows on the bank .', [BANK.river]),
  sentence('d2', 1, 'A bank closed today .', [BANK.money]),
  sentence('d3', 1, 'The boat left the bank early .', [BANK.river]),
];

describe('index build', () => {
  const inFolder = temporaryFolder();
  const encoder = createFakeEncoder();
  const inventory = smallWordnet(600);
  const wordPieces = createWordPieceTokenizer(encoderVocabulary());

  const write = (name: string, sentences: readonly TaggedSentence[]): string => {
    const file = inFolder(name);
    writeFileSync(file, sentences.map((one) => `${JSON.stringify(one)}\n`).join(''));
    return file;
  };
  const options = (name: string, more: Partial<IndexBuildOptions> = {}): IndexBuildOptions => ({
    corpora: [write('corpus.jsonl', corpus)],
    out: inFolder(name),
    layer,
    inventory,
    encoder,
    wordPieces,
    heldOut: new Set(),
    licences: ['own'],
    ...more,
  });
  const open = (file: string): SenseIndex =>
    openSenseIndex(readFileSync(file), { encoder: encoder.info, layer, inventory }, sha256);
  const uses = (index: SenseIndex, key: string): number => index.uses(inventory.find(key)!);

  it('averages the vectors of the words tagged with a sense', async () => {
    await buildSenseIndex(options('whole.bin'));
    const index = open(inFolder('whole.bin'));
    assert.equal(uses(index, BANK.money), 2);
    assert.equal(uses(index, BANK.river), 2);
    const vectors: Float32Array[] = [];
    for (const doc of ['d1', 'd2']) {
      const tagged = readableText(corpus.filter((one) => one.doc === doc));
      const [all] = await embedWords([tagged], layer, { encoder, wordPieces });
      for (const { keys, word } of tagged.instances) if (keys[0] === BANK.money) vectors.push(all![word]!);
    }
    const mean = standardise(
      vectors[0]!.map((value, i) => (value + vectors[1]![i]!) / 2),
      index.standardisation,
    );
    const { values, scale } = index.average(inventory.find(BANK.money)!)!;
    mean.forEach((value, i) => assert.ok(Math.abs(value - values[i]! * scale) <= scale, `dimension ${i}`));
  });

  it('has no NaN, though a dimension is dead', async () => {
    await buildSenseIndex(options('dead.bin'));
    const index = open(inFolder('dead.bin'));
    const { standardisation, partOfSpeechModel } = index;
    assert.equal(standardisation.deviation.at(-1), 0);
    const numbers = [...standardisation.mean, ...standardisation.deviation, ...partOfSpeechModel.weights];
    assert.ok(numbers.every(Number.isFinite));
    assert.equal(index.average(inventory.find(BANK.river)!)!.values.at(-1), 0);
  });

  it('leaves held-out documents out, and says so', async () => {
    await buildSenseIndex(options('held.bin', { heldOut: new Set(['d2', 'elsewhere']) }));
    const index = open(inFolder('held.bin'));
    assert.equal(uses(index, BANK.money), 1);
    assert.equal(index.manifest.corpora[0]!.heldOut, 1);
  });

  it('goes on where it was stopped, to the same bytes', async () => {
    await buildSenseIndex(options('straight.bin'));
    const out = inFolder('stopped.bin');
    for (const stopAt of ['corpus', 'glosses'] as const) {
      const stop = new AbortController();
      const progress = (phase: string): void => {
        if (phase === stopAt) stop.abort();
      };
      const stopped = options('stopped.bin', { signal: stop.signal, progress });
      await assert.rejects(buildSenseIndex(stopped), CancelledError);
      assert.ok(!existsSync(out) && existsSync(`${out}.partial`), stopAt);
    }
    const phases: string[] = [];
    await buildSenseIndex(
      options('stopped.bin', { progress: (phase, done) => phases.push(`${phase} ${done}`) }),
    );
    assert.ok(!phases.includes('corpus 2'), 'the first document was read again');
    assert.deepEqual(readFileSync(out), readFileSync(inFolder('straight.bin')));
    assert.ok(!existsSync(`${out}.partial`));
  });

  it('starts afresh when the checkpoint is damaged, of another version or of another build', async () => {
    await buildSenseIndex(options('fresh.bin'));
    const ofVersion = (version: number): Uint8Array =>
      packArtifact({ kind: 'sense index checkpoint', version, remedy: '' }, {}, {}, sha256);
    for (const checkpoint of [Buffer.from('rubbish'), Buffer.alloc(0), ofVersion(0), ofVersion(99)]) {
      writeFileSync(inFolder('again.bin.partial'), checkpoint);
      await buildSenseIndex(options('again.bin'));
      assert.deepEqual(readFileSync(inFolder('again.bin')), readFileSync(inFolder('fresh.bin')));
    }
    const signal = AbortSignal.abort();
    await assert.rejects(buildSenseIndex(options('other.bin', { signal })), CancelledError);
    const corpora = [write('shorter.jsonl', corpus.slice(0, 2))];
    await buildSenseIndex(options('other.bin', { corpora }));
    assert.equal(uses(open(inFolder('other.bin')), BANK.money), 1);
  });

  it('reads gzipped corpora', async () => {
    const file = inFolder('corpus.jsonl.gz');
    writeFileSync(file, gzipSync(readFileSync(write('plain.jsonl', corpus))));
    await buildSenseIndex(options('gz.bin', { corpora: [file] }));
    assert.equal(uses(open(inFolder('gz.bin')), BANK.river), 2);
  });

  const refuses = (
    name: string,
    message: RegExp,
    contents: string | Buffer | undefined,
    file = 'bad.jsonl',
  ): Mocha.Test =>
    it(`refuses ${name}`, async () => {
      if (contents !== undefined) writeFileSync(inFolder(file), contents);
      const bad = options('bad.bin', { corpora: [inFolder(file)] });
      await assert.rejects(buildSenseIndex(bad), { name: 'UserError', message });
      assert.ok(!existsSync(inFolder('bad.bin')));
    });
  const good = JSON.stringify(corpus[0]);
  refuses('a line that is no JSON', /bad\.jsonl, line 2: /, `${good}\nnot json\n`);
  refuses('a line without tokens', /line 1: "tokens" is missing/, '{"id":"a","doc":"b"}\n');
  refuses(
    'a tagged token without its lemma',
    /"x" has no "lemma"/,
    '{"id":"a","doc":"b","tokens":[{"text":"x","keys":["k"]}]}',
  );
  refuses('a corpus without tags', /has no tagged word/, '{"id":"a","doc":"b","tokens":[{"text":"x"}]}');
  refuses('an empty corpus', /has no tagged word/, '');
  refuses('a damaged gzip file', /damaged gzip/, Buffer.from('no gzip'), 'bad.jsonl.gz');
  refuses('a missing file', /there is no such file/, undefined, 'missing.jsonl');

  it('says so when the index cannot be written', async () => {
    writeFileSync(inFolder('file'), '');
    await assert.rejects(buildSenseIndex(options('file/index.bin')), {
      name: 'UserError',
      message: /cannot be written/,
    });
  });
});
