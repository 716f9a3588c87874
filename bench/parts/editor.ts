import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openPage, visit } from '../../scripts/dev/vscode/page.mjs';
import { startServer } from '../../scripts/dev/vscode/server.mjs';
import type { EditorMeasurements, EditorTask } from '../editor/messages';
import { count, median } from '../support/measure';
import { watchMemory } from '../support/memory';
import { type Report, root } from '../support/report';
import { mobyDick } from '../support/texts';

/** How many windows are opened for each of the two times to the first screen. */
const REPETITIONS = 2;

interface Run {
  readonly measured: EditorMeasurements;
  /** Peak memory of the server and its children, extension host and encoder process; `undefined` if it cannot be measured. */
  readonly bytes: number | undefined;
}

/** How long a reader waits, and what Glossight costs the editor, in a real VS Code with a novel. */
export async function editorPart(): Promise<Report[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'glossight-bench-'));
  try {
    const suite = await compileSuite(folder);
    const { name, text } = mobyDick();
    const file = path.join(folder, 'moby-dick.txt');
    writeFileSync(file, text);
    // The middle of the book, where nothing is read before it is shown.
    const line = text.slice(0, text.length >> 1).split('\n').length;
    const go = (mode: EditorTask['mode'], profile: string): Promise<Run> =>
      runInEditor(
        { mode, file, line, out: path.join(folder, 'out.json') },
        suite,
        path.join(folder, profile),
      );
    const bare = await go('bare', 'bare');
    const cold: Run[] = [];
    const warm: Run[] = [];
    for (let i = 0; i < REPETITIONS; i++) {
      console.error(`editor: ${i + 1} of ${REPETITIONS}`);
      cold.push(await go('cold', `profile-${i}`));
      warm.push(await go('warm', `profile-${i}`));
    }
    // Profiled in a separate run, as a profile takes memory and time itself.
    const profiled = await go('profiled', 'profiled');
    return [report(name, bare, cold, warm, profiled)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compileSuite(folder: string): Promise<string> {
  await build({
    entryPoints: [path.join(root, 'bench', 'editor', 'suite.ts')],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return path.join(folder, 'suite.js');
}

async function runInEditor(task: EditorTask, suite: string, data: string): Promise<Run> {
  // A window that runs tests needs an extension under development: an empty one if it is not Glossight.
  let extension = root;
  if (task.mode === 'bare') {
    extension = path.join(path.dirname(suite), 'empty');
    mkdirSync(extension, { recursive: true });
    const manifest = { name: 'empty', publisher: 'none', version: '0.0.1', engines: { vscode: '*' } };
    writeFileSync(path.join(extension, 'package.json'), JSON.stringify(manifest));
  }
  const server = await startServer({ driver: true, data, env: { GLOSSIGHT_BENCH: JSON.stringify(task) } });
  const memory = watchMemory(() => server.pid);
  const { page, close } = await openPage();
  try {
    const exit = new Promise<number>((resolve, reject) => {
      page.on('crash', () => reject(new Error('The page crashed.')));
      page.context().on('close', () => reject(new Error('The browser ended.')));
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    });
    const log: string[] = [];
    await page.exposeFunction('codeAutomationLog', (_: string, args: unknown[]) => log.push(args.join(' ')));
    await visit(page, server.url({ folder: path.dirname(task.file), tests: { extension, suite } }));
    const code = await Promise.race([exit, server.ended]);
    if (code !== 0) throw new Error(`The benchmark failed in the editor.\n${log.join('\n')}`);
    const measured = JSON.parse(readFileSync(task.out, 'utf8')) as EditorMeasurements;
    return { measured, bytes: memory.stop() };
  } finally {
    memory.stop();
    await close();
    await server.stop();
  }
}

function report(
  name: string,
  bare: Run,
  cold: readonly Run[],
  warm: readonly Run[],
  { measured: profile }: Run,
): Report {
  const all = <T>(
    runs: readonly Run[],
    pick: (measured: EditorMeasurements) => T | readonly T[] | undefined,
  ): T[] => runs.flatMap(({ measured }) => pick(measured) ?? []);
  const milliseconds = (what: string, target: string, values: readonly number[], rank = 0.5): string[] => {
    const sorted = [...values].sort((a, b) => a - b);
    const value = rank === 0.5 ? median(sorted) : sorted[Math.ceil(rank * sorted.length) - 1]!;
    return [what, `${count(value)} ms`, `${count(sorted[0]!)}–${count(sorted.at(-1)!)}`, target];
  };
  const stretches = profile.stretches ?? [];
  const memory = cold.map(({ bytes }) => ((bytes ?? NaN) - (bare.bytes ?? NaN)) / 1e6);
  return {
    name: 'editor',
    document: 'editor.md',
    header: ['', 'measured', 'least–most', 'aim'],
    rows: [
      milliseconds(
        'First annotated screen, no cache, encoder not started',
        '1,500 ms',
        all(cold, (m) => m.firstScreen),
      ),
      milliseconds(
        'First annotated screen, cached, encoder not started',
        '',
        all(warm, (m) => m.firstScreen),
      ),
      milliseconds(
        'First annotated screen, cached, encoder running',
        '300 ms',
        all(warm, (m) => m.reopened),
      ),
      milliseconds(
        'Hover, provider call to result, 95th percentile',
        '16 ms',
        all(cold, (m) => m.hoverCall),
        0.95,
      ),
      milliseconds(
        'Hover, round trip through the editor, 95th percentile',
        '',
        all(cold, (m) => m.hoverRoundTrip),
        0.95,
      ),
      milliseconds(
        'Edit, last key stroke to the paragraph read again',
        '150 ms',
        all(cold, (m) => m.edit),
      ),
      milliseconds(
        'The same, 95th percentile',
        '',
        all(cold, (m) => m.edit),
        0.95,
      ),
      milliseconds(
        'Longest stretch of Glossight in the extension host',
        '16 ms',
        stretches.map(({ milliseconds }) => milliseconds),
        1,
      ),
      milliseconds(
        'The same while a selection of 100,000 words is disambiguated',
        '16 ms',
        (profile.passage?.stretches ?? []).map(({ milliseconds }) => milliseconds),
        1,
      ),
      milliseconds(
        'Longest garbage collection there, by whomever',
        '',
        [profile.longestCollection ?? NaN],
        1,
      ),
      [
        'Memory with Glossight minus without',
        `${count(median(memory))} MB`,
        `${count(Math.min(...memory))}–${count(Math.max(...memory))}`,
        '450 MB',
      ],
      ['The whole novel', `${count(median(all(cold, (m) => m.wholeSeconds)))} s`, '', ''],
      ['The list of senses of 100,000 words', `${count(profile.passage?.seconds ?? NaN)} s`, '', ''],
    ],
    note:
      `Text: ${name}, opened in its middle; ${REPETITIONS} windows each, in turn; medians where nothing else is said. ` +
      'Memory is the peak proportional set size of server, extension host and encoder process. Stretches are processor time; ' +
      `the longest were in \`${stretches[0]?.where ?? 'none'}\` and, of the selection, ` +
      `\`${profile.passage?.stretches[0]?.where ?? 'none'}\`.`,
  };
}
