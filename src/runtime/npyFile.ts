import { createWriteStream, type WriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { fileError } from './files';

/** Room for the header, which is written last: only then is the number of rows known. */
const HEADER_BYTES = 128;

export interface NpyFile {
  /** Appends a row, and what describes it to the `.jsonl` beside. */
  add(row: Float32Array, description: object): Promise<void>;
  /** Puts both files in place. */
  finish(): Promise<void>;
}

/**
 * A float32 matrix in NumPy's format 1.0 (numpy.lib.format), written row by row, with a JSON line for
 * each row in a file of the same name ending in `.jsonl`. Neither file appears before `finish`.
 * @throws UserError when they cannot be written
 */
export function createNpyFile(file: string): NpyFile {
  const lines = `${file.replace(/\.npy$/, '')}.jsonl`;
  const partial = { matrix: `${file}.partial`, lines: `${lines}.partial` };
  let failure: Error | undefined;
  const openStream = (name: string): WriteStream =>
    createWriteStream(name).on('error', (error) => (failure ??= fileError(error, name, 'written')));
  const matrix = openStream(partial.matrix);
  const descriptions = openStream(partial.lines);
  matrix.write(Buffer.alloc(HEADER_BYTES));
  let rows = 0;
  let columns = 0;

  async function write(stream: WriteStream, bytes: Uint8Array | string): Promise<void> {
    if (!failure && !stream.write(bytes)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
    if (!failure) return;
    await Promise.all([rm(partial.matrix, { force: true }), rm(partial.lines, { force: true })]);
    throw failure;
  }

  return {
    async add(row, description) {
      rows++;
      columns = row.length;
      await write(matrix, Buffer.from(row.buffer, row.byteOffset, row.byteLength));
      await write(descriptions, `${JSON.stringify(description)}\n`);
    },
    async finish() {
      const closed = Promise.all([once(matrix, 'close'), once(descriptions, 'close')]);
      matrix.end();
      descriptions.end();
      await closed;
      if (failure) throw failure;
      const handle = await open(partial.matrix, 'r+');
      await handle.write(npyHeader(rows, columns), 0, HEADER_BYTES, 0);
      await handle.close();
      await rename(partial.matrix, file);
      await rename(partial.lines, lines);
    },
  };
}

function npyHeader(rows: number, columns: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES, ' ');
  header.write('\u0093NUMPY\u0001\u0000', 'latin1');
  header.writeUInt16LE(HEADER_BYTES - 10, 8);
  header.write(`{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`, 10, 'latin1');
  header.write('\n', HEADER_BYTES - 1, 'latin1');
  return header;
}
