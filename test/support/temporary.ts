import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A folder for one suite's files, removed when it ends. Call it inside `describe`. */
export function temporaryFolder(): (...names: string[]) => string {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'glossight-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return (...names) => path.join(folder, ...names);
}
