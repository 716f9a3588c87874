import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cosine } from '../../src/core/vectors/math';
import type { EncoderInfo } from '../../src/core/ports';
import {
  openSenseIndex,
  packSenseIndex,
  SENSE_INDEX,
  type SenseIndex,
} from '../../src/core/senses/senseIndex';
import { openArtifact, packArtifact } from '../../src/core/senses/artifact';
import { wordnet } from '../support/artifacts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const inventory = wordnet();
const encoder: EncoderInfo = { id: 'toy@1', name: 'toy', dimensions: 4, maxPieces: 16, layers: ['mean4'] };
const expected = { encoder, layer: 'mean4', inventory } as const;
const average = Float32Array.of(0.5, -1, 2, 0);

function pack(fitted?: object): Uint8Array {
  const flat = { mean: new Float32Array(4), deviation: Float32Array.of(1, 1, 1, 0) };
  return packSenseIndex(
    {
      manifest: {
        encoder: { id: encoder.id, name: encoder.name },
        layer: 'mean4',
        dimensions: 4,
        trained: false,
        wordnet: { edition: inventory.edition, id: inventory.id },
        corpora: [],
        averages: 1,
        glosses: 1,
        words: 10,
        licences: ['Ligature “quotes” stay'],
        ...(fitted ? { fitted } : {}),
      },
      standardisation: flat,
      glossStandardisation: flat,
      partOfSpeechModel: { weights: new Float32Array(20) },
      averages: { ids: Uint32Array.of(7), rows: [average] },
      uses: { ids: Uint32Array.of(7, 9), counts: Uint32Array.of(34, 2) },
      glosses: { ids: Uint32Array.of(3), rows: [new Float32Array(4)] },
    },
    sha256,
  );
}

function headerLength(file: Uint8Array): number {
  return new DataView(file.buffer, file.byteOffset).getUint32(10, true);
}

/** The name of the field that a byte of the header is the value of, or a part of. */
function fieldAt(file: Uint8Array, byte: number): string {
  const before = Buffer.from(file.subarray(14, byte)).toString();
  return [...before.matchAll(/"(\w+)":/g)].at(-1)?.[1] ?? '';
}

/** The same index as version 2 had it: nothing in its payload says what its manifest is. */
function older(file: Uint8Array): Uint8Array {
  const artifact = openArtifact(file, SENSE_INDEX);
  const names = [
    ...Buffer.from(file)
      .toString('latin1')
      .matchAll(/"(\w+)":\{"offset"/g),
  ].map(([, name]) => name!);
  const sections = names
    .filter((name) => name !== 'manifestSum')
    .map((name) => [name, artifact.section(name)] as const);
  return packArtifact(
    { ...SENSE_INDEX, version: 2 },
    artifact.manifest,
    Object.fromEntries(sections),
    sha256,
  );
}

/** Everything in an index that a reading depends on. */
function decisive({
  manifest,
  standardisation,
  glossStandardisation,
  partOfSpeechModel,
  ...index
}: SenseIndex): object {
  const { trained, dimensions, layer, fitted } = manifest;
  return {
    manifest: [trained, dimensions, layer, fitted],
    scales: [standardisation, glossStandardisation, partOfSpeechModel],
    senses: [6, 7, 8, 9, 10].map((sense) => [index.uses(sense), index.average(sense)]),
    synsets: [2, 3, 4].map((synset) => index.gloss(synset)),
  };
}

describe('sense index', () => {
  it('gives back what was packed', () => {
    const index: SenseIndex = openSenseIndex(pack(), expected, sha256);
    assert.equal(index.uses(7), 34);
    assert.equal(index.uses(8), 0);
    // Tagged, but without a vector.
    assert.equal(index.uses(9), 2);
    assert.equal(index.average(9), undefined);
    assert.equal(index.average(8), undefined);
    const { values, scale } = index.average(7)!;
    assert.ok(
      cosine(
        Float32Array.from(values, (value) => value * scale),
        average,
      ) > 0.9999,
    );
    assert.deepEqual([...index.gloss(3)!.values], [0, 0, 0, 0]);
    assert.deepEqual(index.manifest.licences, ['Ligature “quotes” stay']);
  });

  const refuses = (
    name: string,
    message: RegExp,
    bytes: () => Uint8Array,
    other: Partial<typeof expected> | object = {},
  ): Mocha.Test =>
    it(`refuses ${name} by name, and says what to do`, () => {
      const open = (): SenseIndex => openSenseIndex(bytes(), { ...expected, ...other }, sha256);
      assert.throws(open, (error: Error) => {
        assert.match(error.message, /^The sense index cannot be used/);
        assert.match(error.message, message);
        assert.match(error.message, /index build/);
        return true;
      });
    });

  refuses('an empty file', /is empty/, () => new Uint8Array());
  refuses('another file', /not a Glossight artifact/, () =>
    new TextEncoder().encode('PK\u0003\u0004 something else'),
  );
  for (const length of [12, 14, 100, 600])
    refuses(`${length} bytes of it`, /cut short/, () => pack().slice(0, length));
  refuses('a file without its last byte', /cut short/, () => pack().slice(0, -1));
  refuses('a file with more behind', /past its end/, () => Uint8Array.from([...pack(), 0]));
  refuses('a flipped bit', /damaged/, () => {
    const bytes = pack();
    bytes[bytes.length - 20]! ^= 1;
    return bytes;
  });
  refuses('a damaged header', /damaged|cut short/, () => {
    const bytes = pack();
    bytes[14] = 0;
    return bytes;
  });
  for (const [version, whole, informative] of [
    // What an index says of its making besides.
    [2, older(pack()), ['edition', 'licences', 'name', 'words']],
    // Of an escape such as \\u201c, where the case of its letters means nothing.
    [3, pack({ nameCosine: 0.45 }), ['licences']],
  ] as const)
    it(`of version ${version} refuses every flipped bit of the header, or gives the same vectors`, function () {
      this.timeout(120_000);
      const open = (bytes: Uint8Array): unknown => decisive(openSenseIndex(bytes, expected, sha256));
      const right = open(whole);
      const end = 14 + headerLength(whole);
      const harmless = new Set<string>();
      for (let bit = 0; bit < end * 8; bit++) {
        const bytes = whole.slice();
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        let opened: unknown;
        try {
          opened = open(bytes);
        } catch (error) {
          const { name, message } = error as Error;
          assert.equal(name, 'ArtifactError', `byte ${bit >> 3}: ${message}`);
          continue;
        }
        assert.deepEqual(opened, right, `byte ${bit >> 3}, bit ${bit & 7}`);
        harmless.add(fieldAt(whole, bit >> 3));
      }
      assert.deepEqual([...harmless].sort(), informative);
    });
  it('is read in version 2, as it ships', () => {
    const [old, now] = [older(pack()), pack()].map((bytes) => openSenseIndex(bytes, expected, sha256));
    assert.deepEqual(decisive(old!), decisive(now!));
  });
  it('has another id where only its manifest is another', () => {
    const [one, other] = [pack({ nameCosine: 0.45 }), pack({ nameCosine: 0.47 })].map(
      (bytes) => openSenseIndex(bytes, expected, sha256).id,
    );
    assert.notEqual(one, other);
  });
  refuses('another kind of artifact', /holds a checkpoint/, () =>
    packArtifact({ kind: 'checkpoint', version: 1, remedy: '' }, {}, {}, sha256),
  );
  refuses('a newer version', /a newer Glossight made it .*version 99.* reads version 3\b/, () =>
    packArtifact({ kind: 'sense index', version: 99, remedy: '' }, {}, {}, sha256),
  );
  refuses('an older version', /its format is version 1, .*reads version 3\b.* index build/, () =>
    packArtifact({ kind: 'sense index', version: 1, remedy: '' }, {}, {}, sha256),
  );
  refuses('another encoder', /from the encoder toy/, pack, { encoder: { ...encoder, id: 'toy@2' } });
  refuses('another layer rule', /layer rule mean4, not last/, pack, { layer: 'last' });
  refuses('another WordNet', /another WordNet inventory/, pack, {
    inventory: { ...inventory, edition: '3.1', id: 'other' },
  });
});
