// The checks of training/: format, types and tests, which train on a tiny corpus from end to end. PyTorch takes several
// gigabytes, so `npm test` runs them only if GLOSSIGHT_TRAINING is set.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { main, run, say } from './prepare.mjs';
import { prepareEnvironment, python, pythonStatus } from './training-environment.mjs';

const { reportCounts } = createRequire(import.meta.url)('./test-counts.cjs');

await main(() => {
  const asked = process.env.GLOSSIGHT_TRAINING;
  const missing = asked
    ? prepareEnvironment()
    : 'set GLOSSIGHT_TRAINING=1 to run them (installs PyTorch, once).';
  if (missing !== undefined) {
    say(`SKIPPED the checks of training/: ${missing}`);
    reportCounts({ passed: 0, failed: 0, skipped: 1 });
    return;
  }
  python(['ruff', 'check', '.']);
  python(['ruff', 'format', '--check', '.']);
  python(['mypy']);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'glossight-training-'));
  const tiny = path.join('training', 'tests', 'tiny');
  const set = ['scripts/release/training-set.ts', path.join(tiny, 'sets.json'), tiny, folder];
  try {
    run(process.execPath, ['--import', 'tsx', ...set]);
    const status = pythonStatus(['pytest', '-q'], {
      // One thread, since tensors this small are slower with several.
      env: { ...process.env, GLOSSIGHT_TINY_SET: folder, OMP_NUM_THREADS: '1' },
    });
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
