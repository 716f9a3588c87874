// The desktop VS Code that @vscode/test-electron downloads, kept in the cache.
import path from 'node:path';
import { say } from '../prepare.mjs';
import { cacheFolder } from './runtime.mjs';

/** @returns {Promise<string>} the path of its executable */
export async function downloadedEditor() {
  // Imported late: packages are installed by now.
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  say('downloading VS Code (once) …');
  return downloadAndUnzipVSCode({ version: 'stable', cachePath: path.join(cacheFolder(), 'desktop') });
}
