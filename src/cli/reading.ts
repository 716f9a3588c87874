import { ENGLISH } from '../languages';
import { createForkedEngine } from '../node/process';
import { decodeText, readBytes } from '../node/files';
import { type ProjectTeaching, readProject } from '../node/project';
import type { Engine } from '../engine';
import { entryOfEncoderProcess, type ReadingOptions, settingsOf } from './options';
import { readStandardInput } from './terminal';

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
  for (const place of project.unused) process.stderr.write(`${place}: left out, as it is not understood.\n`);
  return project;
}

/** The text of a file, or of standard input for `-`. @throws UserError */
export async function readText(file: string): Promise<string> {
  return file === '-'
    ? decodeText(await readStandardInput(), 'Standard input')
    : decodeText(await readBytes(file), file);
}
