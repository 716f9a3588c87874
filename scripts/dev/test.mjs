// `npm test`: everything a change must pass, on a fresh clone too. `npm test -- FILES` runs those tests in Node.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { bundle, install, main, root, run, say } from './prepare.mjs';

const { readCounts, summary } = createRequire(import.meta.url)('./test-counts.cjs');
const tool = (...parts) => path.join(root, 'node_modules', ...parts);
const node = (...args) => run(process.execPath, args);
const mocha = [tool('mocha', 'bin', 'mocha.js'), '--reporter', 'test/support/reporter.cjs'];

const PARTS = {
  'the tests in Node': [...mocha, ...['--ignore', 'test/{browser,extension}/**'], 'test/**/*.test.ts'],
  'the extension suite': [path.join(root, 'scripts', 'dev', 'vscode', 'extension-tests.mjs')],
  'the browser run': [path.join(root, 'scripts', 'dev', 'vscode', 'browser-tests.mjs')],
  'the checks of training/': [path.join(root, 'scripts', 'dev', 'training-tests.mjs')],
};

await main(() => {
  install();
  node(tool('typescript', 'bin', 'tsc'), '-b');
  node(tool('eslint', 'bin', 'eslint.js'), '.');
  node(tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.');
  node(
    tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
    'src',
  );
  bundle();
  const files = process.argv.slice(2);
  return files.length > 0 ? node(...mocha, ...files) : everything();
});

/** Runs every part, even after a failed one, and prints one line for all at the end. */
function everything() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'glossight-counts-'));
  const file = path.join(folder, 'counts.jsonl');
  const failedParts = [];
  writeFileSync(file, '');
  try {
    for (const [name, args] of Object.entries(PARTS)) {
      say(`${name} …`);
      const before = readCounts(file).length;
      const { status } = spawnSync(process.execPath, args, {
        cwd: root,
        stdio: 'inherit',
        env: { ...process.env, GLOSSIGHT_TEST_COUNTS: file },
      });
      const counts = readCounts(file).slice(before);
      // A part that ended without counts, or failed although all its tests passed, counts as one failure.
      if (counts.length === 0 || (status !== 0 && counts.every(({ failed }) => failed === 0)))
        failedParts.push(name);
    }
    const total = { passed: 0, failed: failedParts.length, skipped: 0 };
    for (const counts of readCounts(file)) for (const key of Object.keys(total)) total[key] += counts[key];
    for (const name of failedParts) say(`${name} did not come to its end.`);
    console.log(summary(total));
    return total.failed > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
