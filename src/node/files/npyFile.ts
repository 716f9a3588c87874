import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileError, removeLeftovers } from './files';
import { FILE_SYSTEM, patiently, temporaryName, tidy } from './system';

/** Room for the header, which is written last, when the number of rows is known. */
const HEADER_BYTES = 128;

export interface NpyFile {
  /** Appends a row to the matrix, and its description to the `.jsonl` file. */
  add(row: Float32Array, description: object): Promise<void>;
  /** Completes both files and gives them their names. */
  finish(): Promise<void>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/**
 * Writes a float32 matrix in NumPy's format 1.0 (numpy.lib.format) row by row, and a JSON line for each row to a file of the same
 * name that ends in `.jsonl`. Neither file appears before `finish`.
 * @throws UserError when they cannot be written
 */
export function createNpyFile(file: string): NpyFile {
  const lines = `${file.replace(/\.npy$/, '')}.jsonl`;
  const matrix = openPart(file);
  const descriptions = openPart(lines);
  matrix.write(Buffer.alloc(HEADER_BYTES)).catch(() => undefined); // the next write fails with the same error
  let rows = 0;
  let columns = 0;

  async function discard(): Promise<void> {
    await Promise.all([matrix.discard(), descriptions.discard()]);
  }
  async function orDiscard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await discard();
      throw error;
    }
  }

  return {
    add: (row, description) =>
      orDiscard(async () => {
        rows++;
        columns = row.length;
        await matrix.write(Buffer.from(row.buffer, row.byteOffset, row.byteLength));
        await descriptions.write(`${JSON.stringify(description)}\n`);
      }),
    finish: () =>
      orDiscard(async () => {
        await matrix.close();
        await descriptions.close();
        await matrix.place(npyHeader(rows, columns));
        await descriptions.place();
      }),
    discard,
  };
}

interface Part {
  write(bytes: Uint8Array | string): Promise<void>;
  close(): Promise<void>;
  /** Writes `head` over the first bytes of the closed file, and gives the file its name. */
  place(head?: Uint8Array): Promise<void>;
  discard(): Promise<void>;
}

/** A file that is written under a temporary name until it is complete. Every failure is a UserError. */
function openPart(file: string): Part {
  const partial = temporaryName(file);
  const stream = createWriteStream(partial, { flags: 'wx' });
  let failure: Error | undefined;
  const failed = (error: Error): Error => (failure ??= fileError(error, file, 'written'));
  stream.on('error', failed);
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        stream.write(bytes, (error) => (error ? reject(failed(error)) : resolve()));
      }),
    async close() {
      stream.end();
      await closed;
      if (failure) throw failure;
    },
    async place(head) {
      try {
        if (head) {
          const handle = await open(partial, 'r+');
          await handle.write(head, 0, head.length, 0);
          await handle.close();
        }
        await removeLeftovers(file);
        await patiently(() => FILE_SYSTEM.rename(partial, file), FILE_SYSTEM);
      } catch (error) {
        throw failed(error as Error);
      }
    },
    async discard() {
      stream.destroy();
      await closed;
      await tidy(partial, FILE_SYSTEM);
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
