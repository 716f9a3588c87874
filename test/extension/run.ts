import Mocha from 'mocha';
import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Entry of the extension suite: VS Code calls it in the extension host. What each test did goes to the file that
 * GLOSSIGHT_SUITE_RESULTS names, one line of JSON as it happens, so that a run which hangs tells where.
 * @throws when a test failed, which ends VS Code with a failure
 */
export async function run(): Promise<void> {
  const results = process.env['GLOSSIGHT_SUITE_RESULTS'];
  if (!results) throw new Error('GLOSSIGHT_SUITE_RESULTS names no file.');
  const tell = (event: object): void => appendFileSync(results, `${JSON.stringify(event)}\n`);

  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: 'base', failZero: true });
  for (const name of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort())
    if (name.endsWith('.vscode.test.js')) mocha.addFile(path.join(__dirname, name));
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on('test', (test) => tell({ state: 'started', title: test.fullTitle() }))
      .on('pass', (test) => tell({ state: 'passed', title: test.fullTitle(), ms: test.duration }))
      .on('fail', (test, error: unknown) =>
        tell({
          state: 'failed',
          title: test.fullTitle(),
          ms: test.duration,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
      )
      .on('pending', (test) => tell({ state: 'skipped', title: test.fullTitle() }));
  });
  tell({ state: 'end' });
  if (failures > 0) throw new Error(`${failures} failed`);
}
