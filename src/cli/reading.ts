import type { TermFault } from '../core';
import { ENGLISH } from '../languages';
import { createForkedEngine } from '../node/process';
import { decodeText, readBytes } from '../node/files';
import { type ProjectTeaching, readProject, type SenseProblem } from '../node/project';
import { type Engine, UserError } from '../engine';
import { entryOfEncoderProcess, type ReadingOptions, settingsOf } from './options';
import { readStandardInput, report } from './terminal';

const ignore = (): void => undefined;

/** Starts an engine in a separate process. Of its log only errors are printed, on standard error. */
export function startEngine(options: ReadingOptions): Engine {
  const error = (text: string): void => void process.stderr.write(`${text}\n`);
  return createForkedEngine({
    entry: entryOfEncoderProcess(),
    settings: settingsOf(options),
    logger: { trace: ignore, info: ignore, warn: ignore, error },
  });
}

/** Reads a folder's `.glossight`; lines that cannot be used are reported on standard error. @throws UserError */
export async function openProject(folder: string): Promise<ProjectTeaching> {
  const project = await readProject(folder, ENGLISH);
  for (const { place, problem } of project.unused) {
    const why = problem && TERM_TEXTS[problem.kind];
    const reason = why ? `“${problem.about}” can never be found: ${why}` : 'it is not understood.';
    process.stderr.write(`${place}: left out, as ${reason}\n`);
  }
  return project;
}

const TERM_TEXTS: Readonly<Record<TermFault, string> & Partial<Record<SenseProblem['kind'], string>>> = {
  'no letter': 'it has no letter and no digit. Name it with a word.',
  'hidden character': 'it holds a character that is not seen. Type it anew.',
  'percent sign': 'it holds a percent sign. Write it out.',
  'too long': 'it is too long. Use a shorter form of it.',
};

/** The texts of files, one after another. One that cannot be read is reported, which makes the exit code 1; the others are read. */
export async function* readTexts(
  files: readonly string[],
): AsyncGenerator<{ readonly file: string; readonly text: string }> {
  for (const file of files) {
    let text: string;
    try {
      text = await readText(file);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      process.exitCode = report(error);
      continue;
    }
    yield { file, text };
  }
}

/** The text of a file, or of standard input for `-`. @throws UserError */
export async function readText(file: string): Promise<string> {
  return file === '-'
    ? decodeText(await readStandardInput(), 'Standard input')
    : decodeText(await readBytes(file), file);
}
