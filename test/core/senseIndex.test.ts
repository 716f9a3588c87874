import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cosine } from '../../src/core/vectors/math';
import type { EncoderInfo } from '../../src/core/ports';
import { openSenseIndex, packSenseIndex, type SenseIndex } from '../../src/core/senses/senseIndex';
import { packArtifact } from '../../src/core/senses/artifact';
import { wordnet } from '../support/artifacts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const inventory = wordnet();
const encoder: EncoderInfo = { id: 'toy@1', name: 'toy', dimensions: 4, maxPieces: 16, layers: ['mean4'] };
const expected = { encoder, layer: 'mean4', inventory } as const;
const average = Float32Array.of(0.5, -1, 2, 0);

function pack(): Uint8Array {
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
  it('refuses any flipped bit of the header, or is none the worse for it', () => {
    const start = pack();
    for (let i = 14; i < 600; i++) {
      const bytes = start.slice();
      bytes[i]! ^= 4;
      try {
        openSenseIndex(bytes, expected, sha256);
      } catch (error) {
        assert.equal((error as Error).name, 'ArtifactError', `byte ${i}: ${(error as Error).message}`);
      }
    }
  });
  refuses('another kind of artifact', /holds a checkpoint/, () =>
    packArtifact({ kind: 'checkpoint', version: 1, remedy: '' }, {}, {}, sha256),
  );
  refuses('a newer version', /a newer Glossight made it .*version 99.* reads version 2\b/, () =>
    packArtifact({ kind: 'sense index', version: 99, remedy: '' }, {}, {}, sha256),
  );
  refuses('an older version', /its format is version 1, .*reads version 2\b.* index build/, () =>
    packArtifact({ kind: 'sense index', version: 1, remedy: '' }, {}, {}, sha256),
  );
  refuses('another encoder', /from the encoder toy/, pack, { encoder: { ...encoder, id: 'toy@2' } });
  refuses('another layer rule', /layer rule mean4, not last/, pack, { layer: 'last' });
  refuses('another WordNet', /another WordNet inventory/, pack, {
    inventory: { ...inventory, edition: '3.1', id: 'other' },
  });
});
