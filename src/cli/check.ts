import path from 'node:path';
import {
  checkConsistency,
  type ChosenSense,
  chosenSenses,
  CONSISTENCY_CODE,
  type ConsistencyCheck,
  consistencyJson,
  type ConsistencyProfile,
  type ConsistencyStrings,
  type Correction,
  createAnchors,
  createPlaceFinder,
  createProjectInventory,
  type DocumentAnnotations,
  type DocumentFindings,
  type DocumentFormat,
  formatOf,
  messageOf,
  packedUse,
  profileRules,
  type SenseInventory,
  usesIn,
} from '../core';
import { ENGLISH } from '../languages';
import { loadFitted, loadInventory } from '../node/files';
import { type Engine, readWhole } from '../engine';
import { type ReadingOptions, settingsOf } from './options';
import { startEngine, openProject, readTexts } from './reading';
import { cancelOnInterrupt, createProgress, EXIT, print } from './terminal';

export interface CheckOptions extends ReadingOptions {
  readonly format: 'text' | 'json';
  readonly as?: DocumentFormat;
  readonly profile: ConsistencyProfile;
  readonly scope: ConsistencyCheck['scope'];
  readonly ignore: readonly string[];
  /** Folder of documents whose corrections and senses are used: a use whose sense a reader chose is no finding. */
  readonly project?: string;
}

/** `glossight check FILE…|-`: words used in two senses. Exit code 1 when there are any. */
export async function checkCommand(files: readonly string[], options: CheckOptions): Promise<void> {
  const { manifest, wordnet, recipe, index } = settingsOf(options);
  const inventory = createProjectInventory(await loadInventory(wordnet, ENGLISH));
  const project = options.project === undefined ? undefined : await openProject(options.project);
  inventory.take(project?.teaching.senses ?? []);
  const check: ConsistencyCheck = {
    inventory,
    rules: profileRules(options.profile, (await loadFitted(manifest, recipe, index)).consistency),
    ignored: new Set(options.ignore.map((word) => inventory.language.normalise(word))),
    scope: options.scope,
  };
  const engine = startEngine(options);
  const signal = cancelOnInterrupt();
  const correctionsOf = (file: string): readonly Correction[] => {
    const name = path
      .relative(options.project ?? '', file)
      .split(path.sep)
      .join('/');
    return project?.corrections.filter(({ document }) => document === name) ?? [];
  };
  try {
    if (project) await engine.teach(project.teaching);
    for await (const { file, text } of readTexts(files)) {
      const document = await checkFile(file, text, engine, check, options, correctionsOf(file), signal);
      if (document.findings.length > 0) process.exitCode = EXIT.failed;
      await print(outputOf(document, options.format, inventory));
    }
  } finally {
    await engine.dispose();
  }
}

async function checkFile(
  file: string,
  text: string,
  engine: Engine,
  check: ConsistencyCheck,
  { as }: CheckOptions,
  corrections: readonly Correction[],
  signal: AbortSignal,
): Promise<DocumentFindings> {
  const progress = createProgress();
  const chosen = chosenIn(text, corrections, check.inventory);
  let annotations: DocumentAnnotations;
  try {
    annotations = await readWhole(
      engine,
      { text, format: as ?? formatOf(file), chosen },
      (share) => progress.show(`${file}: ${Math.round(100 * share)} %`),
      signal,
    );
  } finally {
    progress.clear();
  }
  const words = annotations.between(0, text.length).filter(({ polysemous }) => polysemous);
  const checking = checkConsistency(text, usesIn(words, packedUse), check);
  let step = checking.next();
  while (!step.done) step = checking.next();
  const warnings = step.value;
  const placeOf = createPlaceFinder(text);
  return {
    file,
    findings: warnings.map((warning) => ({
      warning,
      text: text.slice(warning.start, warning.end),
      ...placeOf(warning.start),
      cited: warning.cited.map(({ start }) => placeOf(start)),
      alike: warning.alike.map(({ start }) => placeOf(start)),
    })),
  };
}

function chosenIn(
  text: string,
  corrections: readonly Correction[],
  inventory: SenseInventory,
): readonly ChosenSense[] {
  const anchors = createAnchors(text, corrections);
  while (anchors.settle(text));
  return chosenSenses(anchors, inventory);
}

/** The findings of a document as compilers print messages, so that editors and CI find the places; empty without findings. */
function outputOf(
  document: DocumentFindings,
  format: CheckOptions['format'],
  inventory: SenseInventory,
): string {
  if (format === 'json') return `${JSON.stringify(consistencyJson(document, inventory, STRINGS))}\n`;
  return document.findings
    .map((finding) => {
      const message = STRINGS.message(messageOf(finding, inventory));
      return `${document.file}:${finding.line}:${finding.column}: ${message} [${CONSISTENCY_CODE}]\n`;
    })
    .join('');
}

const STRINGS: Pick<ConsistencyStrings, 'message'> = {
  message: ({ word, here, elsewhere, majority, total, isDoubtful }) =>
    `${word}: ${isDoubtful ? 'probably ' : ''}“${here}” here; elsewhere “${elsewhere}” (${majority} of ${total} uses)`,
};
