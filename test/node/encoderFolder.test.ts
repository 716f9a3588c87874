import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../src/engine/userError';
import { openEncoderFolder } from '../../src/node/encoder/encoderFolder';
import { places } from '../support/artifacts';
import { temporaryFolder } from '../support/temporary';

describe('an encoder folder of our own', () => {
  const inFolder = temporaryFolder();
  const files = { 'encoder.onnx': 'network', 'vocab.txt': '[PAD]\nbank\n' };
  const described = {
    format: 'glossight-encoder',
    version: 2,
    name: 'tiny',
    dimensions: 8,
    maxPieces: 128,
    outputs: { mean4: 'token_embeddings', static: 'static' },
    licence: 'Apache-2.0',
    files: Object.fromEntries(
      Object.entries(files).map(([name, text]) => [
        name,
        { bytes: text.length, sha256: createHash('sha256').update(text).digest('hex') },
      ]),
    ),
  };
  const idOf = async (description: Uint8Array | string): Promise<string> => {
    writeFileSync(inFolder('encoder.json'), description);
    return (await openEncoderFolder(path.dirname(inFolder('encoder.json')))).info.id;
  };

  beforeEach(() => {
    for (const [name, text] of Object.entries(files)) writeFileSync(inFolder(name), text);
  });

  it('has another id, or is refused, whatever bit of encoder.json is flipped', async () => {
    const right = Buffer.from(JSON.stringify(described));
    const id = await idOf(right);
    assert.match(id, /^tiny@[0-9a-f]{16}$/);
    let refused = 0;
    for (let bit = 0; bit < right.length * 8; bit++) {
      const bytes = Buffer.from(right);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      try {
        assert.notEqual(await idOf(bytes), id, `byte ${bit >> 3}, bit ${bit & 7}`);
      } catch (error) {
        // What it was in version 1, whose id said nothing of windows, outputs and word pieces.
        assert.ok(error instanceof UserError, `byte ${bit >> 3}: ${(error as Error).message}`);
        refused++;
      }
    }
    assert.ok(refused > right.length, `${refused} refused`);
  });

  it('goes by its weights in version 1, as the one that ships', async () => {
    const { info } = await openEncoderFolder(places.encoder);
    const shipped = JSON.parse(readFileSync(path.join(places.encoder, 'encoder.json'), 'utf8')) as {
      version: number;
      files: Record<string, { sha256: string }>;
    };
    assert.equal(shipped.version, 1);
    assert.equal(info.id, `glossight-minilm@${shipped.files['encoder.onnx']!.sha256.slice(0, 16)}`);
  });

  it('is refused by name when a field is missing or of another kind', async () => {
    for (const wrong of [
      { name: '' },
      { dimensions: '8' },
      { maxPieces: 0 },
      { maxPieces: 12.5 },
      { outputs: { mean4: 1 } },
      { licence: undefined },
      { files: {} },
    ])
      await assert.rejects(idOf(JSON.stringify({ ...described, ...wrong })), /encoder\.json is damaged/);
    for (const wrong of ['null', '[]', JSON.stringify({ ...described, version: 3 })])
      await assert.rejects(idOf(wrong), /encoder\.json is of another format or version/);
  });
});
