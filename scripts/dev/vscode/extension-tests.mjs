// `npm run test:extension -- [FILES]`: mocha in a real extension host. In the desktop VS Code that
// VSCODE_EXECUTABLE names, else in a private code-server with a headless browser in front.
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bundle, install, main, Problem, root, say } from '../prepare.mjs';
import { reportCounts } from '../test-counts.cjs';
import { startServer } from './server.mjs';

const SUITE = path.join(root, 'test', 'extension');
const OUTPUT = path.join(root, 'out', 'extension-suite');
const SCREENSHOTS = path.join(root, '.cache', 'screenshots');
/** A run without output for this long hangs; mocha ends a slow test long before. */
const SILENCE = 5 * 60_000;

await main(async () => {
  install();
  bundle();
  const files = process.argv.slice(2).map((file) => path.resolve(root, file));
  await compile(files.length > 0 ? files : await testFiles());
  const temporary = await mkdtemp(path.join(os.tmpdir(), 'glossight-suite-'));
  try {
    const workspace = path.join(temporary, 'workspace');
    await mkdir(workspace);
    await cp(path.join(root, 'examples'), workspace, { recursive: true });
    const run = { workspace, results: path.join(temporary, 'results.jsonl'), temporary };
    say(`running the extension suite in ${process.env.VSCODE_EXECUTABLE ?? 'a private VS Code'} …`);
    const failure = await (process.env.VSCODE_EXECUTABLE ? runOnDesktop(run) : runInBrowser(run));
    return report(run.results, failure);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
});

async function testFiles() {
  const names = await readdir(SUITE, { recursive: true });
  const files = names
    .filter((name) => name.endsWith('.vscode.test.ts'))
    .map((name) => path.join(SUITE, name));
  if (files.length === 0) throw new Problem(`No extension test found in ${SUITE}.`);
  return files.sort();
}

/** Bundles each test file, since the extension host cannot run TypeScript. */
async function compile(files) {
  const { build } = await import('esbuild');
  await rm(OUTPUT, { recursive: true, force: true });
  await build({
    entryPoints: [path.join(SUITE, 'run.ts'), ...files],
    outdir: OUTPUT,
    outbase: SUITE,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    external: ['vscode', 'mocha', 'onnxruntime-node'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

/** @returns {Promise<string | undefined>} why the run failed, beyond single tests */
async function runOnDesktop({ workspace, results, temporary }) {
  const { runTests } = await import('@vscode/test-electron');
  return runTests({
    vscodeExecutablePath: process.env.VSCODE_EXECUTABLE,
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(OUTPUT, 'run.js'),
    extensionTestsEnv: { GLOSSIGHT_SUITE_RESULTS: results },
    launchArgs: [
      workspace,
      '--disable-workspace-trust',
      '--disable-extensions',
      ...['--user-data-dir', path.join(temporary, 'data')],
    ],
  }).then(
    () => undefined,
    (error) => error.message,
  );
}

/** @returns {Promise<string | undefined>} why the run failed, beyond single tests */
async function runInBrowser({ workspace, results }) {
  const { openPage, visit } = await import('./page.mjs');
  const server = await startServer({ driver: true, env: { GLOSSIGHT_SUITE_RESULTS: results } });
  let browser;
  let watch;
  try {
    browser = await openPage();
    const { page } = browser;
    const pageErrors = [];
    page.on('pageerror', (error) => pageErrors.push(error.message));
    // Registered before the page loads: these two are how VS Code ends a test run.
    const exit = new Promise((resolve, reject) => {
      page.on('crash', () => resolve('the page crashed'));
      page.context().on('close', () => resolve('the browser ended'));
      page
        .exposeFunction('codeAutomationExit', (code) => resolve(code === 0 ? undefined : `exit code ${code}`))
        .catch(reject);
    });
    await page.exposeFunction('codeAutomationLog', () => undefined);
    const silent = new Promise((resolve) => {
      let size = -1;
      watch = setInterval(() => {
        const now = existsSync(results) ? readFileSync(results).length : 0;
        if (now === size) resolve(`nothing happened for ${SILENCE / 60_000} minutes`);
        size = now;
      }, SILENCE);
    });
    await visit(
      page,
      server.url({ folder: workspace, tests: { extension: root, suite: path.join(OUTPUT, 'run.js') } }),
    );
    const failure = await Promise.race([exit, silent, server.ended]);
    if (failure && !isComplete(results)) {
      await mkdir(SCREENSHOTS, { recursive: true });
      const screenshot = path.join(SCREENSHOTS, 'extension-suite-failed.png');
      await page.screenshot({ path: screenshot }).then(
        () => say(`screenshot: ${screenshot}`),
        () => undefined, // A crashed page has none.
      );
      say(`the server's log:\n${await server.log()}${pageErrors.join('\n')}`);
    }
    return failure;
  } finally {
    clearInterval(watch);
    await browser?.close();
    await server.stop();
  }
}

function events(results) {
  if (!existsSync(results)) return [];
  return readFileSync(results, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function isComplete(results) {
  return events(results).some(({ state }) => state === 'end');
}

/** Prints the result of each test; a run that ended early counts as one more failure. */
function report(results, failure) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let running;
  for (const { state, title, ms, error } of events(results)) {
    running = state === 'started' ? title : undefined;
    if (!(state in counts)) continue;
    counts[state]++;
    const mark = { passed: '✔', failed: '✘', skipped: '-' }[state];
    console.log(`  ${mark} ${title}${ms === undefined ? '' : ` (${ms} ms)`}`);
    if (error) console.log(error.replace(/^/gm, '      '));
  }
  if (!isComplete(results)) {
    counts.failed++;
    const where = running ? `in “${running}”` : 'outside of a test';
    console.log(`  ✘ the extension suite ended early, ${where}: ${failure ?? 'no reason given'}`);
  } else if (failure && counts.failed === 0) {
    counts.failed++;
    console.log(`  ✘ the extension suite: ${failure}`);
  } else if (counts.passed + counts.failed === 0) {
    counts.failed++;
    console.log('  ✘ the extension suite ran no test');
  }
  reportCounts(counts);
  return counts.failed > 0 ? 1 : 0;
}
