// Built-ins only: this runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** An error whose message says what is wrong and what to do. */
export class Problem extends Error {}

/** Prints progress on standard error. */
export const say = (text) => console.error(`glossight: ${text}`);

const at = (...parts) => path.join(root, ...parts);
const modified = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);

/** Runs a command in the project's root; if it fails, this process ends with the same exit code. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) {
    say(`${command} cannot be run (${error.message}).`);
    process.exit(1);
  }
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs a script's main function and ends the process with its result; a Problem is printed without a stack trace. */
export async function main(script) {
  try {
    process.exitCode = (await script()) ?? 0;
  } catch (error) {
    say(error instanceof Problem ? error.message : error.stack);
    process.exitCode = 1;
  }
}

/** Installs the packages, unless they have been installed since the lock file changed. */
export function install() {
  if (modified(at('node_modules', '.package-lock.json')) >= modified(at('package-lock.json'))) return;
  say('installing packages (once) …');
  // npm's own output goes to standard error, so that a command's output can be piped.
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
}

/** Bundles the sources, unless the bundle is newer than all of them. */
export function bundle() {
  const newest = (folder) =>
    Math.max(
      ...readdirSync(folder, { withFileTypes: true }).map((entry) =>
        entry.isDirectory() ? newest(path.join(folder, entry.name)) : modified(path.join(folder, entry.name)),
      ),
    );
  const built = Math.min(
    ...[
      'cli.js',
      'encoder-process.js',
      'encoder-thread.js',
      'extension.js',
      'graph-thread.js',
      'index-process.js',
      'instances.js',
    ].map((name) => modified(at('dist', name))),
  );
  const sources = Math.max(
    newest(at('src')),
    modified(at('esbuild.config.mjs')),
    modified(at('package-lock.json')),
  );
  if (built < sources) run(process.execPath, [at('esbuild.config.mjs')], { stdio: ['ignore', 2, 2] });
}
