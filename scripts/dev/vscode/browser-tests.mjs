// `npm run test:browser -- [FILES]`: drives a private VS Code with mouse and keyboard. Screenshots go to
// .cache/screenshots.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { bundle, install, main, Problem, root, run } from '../prepare.mjs';
import { browser, codeServer } from './runtime.mjs';

await main(async () => {
  install();
  bundle();
  const folder = path.join('test', 'browser');
  const found = readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.browser.test.ts'));
  const files =
    process.argv.length > 2 ? process.argv.slice(2) : found.map((name) => path.join(folder, name));
  if (files.length === 0) throw new Problem(`No browser test found in ${folder}.`);
  // Installed before the tests, as it takes long and prints its progress.
  await codeServer();
  await browser();
  run(process.execPath, [
    path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    ...['--reporter', 'test/support/reporter.cjs'],
    ...['--timeout', '240000'],
    ...files,
  ]);
});
