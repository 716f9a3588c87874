import path from 'node:path';
import { type Correction, formatOf, type Language, lessonOf, parseCorrections } from '../../core';
import type { Teaching } from '../../protocol/encoder';
import { parseSenses, type SenseProblem } from './sensesFile';
import { readSharedFile } from '../files';

/** Glossight keeps corrections and senses in a folder of this name, beside the documents. */
export const PROJECT_FOLDER = '.glossight';
export const CORRECTIONS_FILE = 'corrections.jsonl';
export const SENSES_FILE = 'senses.yaml';

/** The corrections and senses in a project's folder. */
export interface ProjectTeaching {
  readonly teaching: Teaching;
  /** `document` of a correction is its path in the folder. */
  readonly corrections: readonly Correction[];
  /** What in it could not be used. */
  readonly unused: readonly {
    /** As `file, line`. */
    readonly place: string;
    /** What is wrong with a sense; a correction is just not understood. */
    readonly problem?: SenseProblem;
  }[];
}

/**
 * Reads the corrections and senses that are kept in a folder of documents; there may be none.
 * @param language of the senses' words
 * @throws UserError when a file exists and cannot be read
 */
export async function readProject(folder: string, language: Language): Promise<ProjectTeaching> {
  const [correctionsFile, sensesFile] = [CORRECTIONS_FILE, SENSES_FILE].map((name) =>
    path.join(folder, PROJECT_FOLDER, name),
  ) as [string, string];
  const { corrections, problems } = parseCorrections(await readSharedFile(correctionsFile));
  const senses = parseSenses(await readSharedFile(sensesFile), language);
  return {
    corrections,
    teaching: {
      senses: senses.senses.map((sense, number) => ({ ...sense, number })),
      lessons: corrections.map((correction) => lessonOf(correction, formatOf(correction.document))),
    },
    unused: [
      ...problems.map(({ line }) => ({ place: `${correctionsFile}, line ${line}` })),
      ...senses.problems.map((problem) => ({ place: `${sensesFile}, line ${problem.line}`, problem })),
    ],
  };
}
