// `npm test`: everything a change must pass, on a fresh clone too.
import path from 'node:path';
import { bundle, install, root, run } from './prepare.mjs';

const bin = (tool, ...args) => run(process.execPath, [path.join(root, 'node_modules', ...tool), ...args]);

install();
bin(['typescript', 'bin', 'tsc'], '-b');
bin(['eslint', 'bin', 'eslint.js'], '.');
bin(['prettier', 'bin', 'prettier.cjs'], '--check', '--log-level', 'warn', '.');
bin(['dependency-cruiser', 'bin', 'dependency-cruise.mjs'], '--config', '.dependency-cruiser.cjs', 'src');
bundle();
bin(
  ['mocha', 'bin', 'mocha.js'],
  '--reporter',
  'test/support/reporter.cjs',
  ...(process.argv.length > 2 ? process.argv.slice(2) : ['test/**/*.test.ts']),
);
