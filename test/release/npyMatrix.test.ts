import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createNpyFile } from '../../src/node/files/npyFile';
import { readMatrix } from '../../scripts/release/npyMatrix';
import { temporaryFolder } from '../support/temporary';

describe('a matrix from NumPy', () => {
  const inFolder = temporaryFolder();
  const rows = [Float32Array.of(1, -2.5, 3), Float32Array.of(0, 4, 1e-3)];

  async function written(): Promise<Buffer> {
    const file = inFolder('m.npy');
    const matrix = createNpyFile(file);
    for (const row of rows) await matrix.add(row, {});
    await matrix.finish();
    return readFileSync(path.resolve(file));
  }

  it('is read row by row', async () => {
    assert.deepEqual(readMatrix(await written()), rows);
  });

  it('is refused when cut short or of another type', async () => {
    const bytes = await written();
    assert.throws(() => readMatrix(bytes.subarray(0, -4)), /cut short/);
    const doubles = Buffer.from(bytes.toString('latin1').replace('<f4', '<f8'), 'latin1');
    assert.throws(() => readMatrix(doubles), /no float32 matrix/);
  });
});
