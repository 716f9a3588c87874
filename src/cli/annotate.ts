import { ENGLISH } from '../languages';
import {
  type Abstention,
  abstentionJson,
  type Annotation,
  annotationJson,
  type DocumentFormat,
  createProjectInventory,
  formatOf,
  type SenseInventory,
} from '../core';
import { loadInventory } from '../node/files';
import type { Engine } from '../engine';
import { type ReadingOptions, settingsOf } from './options';
import { startEngine, openProject, readText } from './reading';
import { annotationText, lineLocator } from './report/text';
import { cancelOnInterrupt, createPrinter, createProgress } from './terminal';

export interface AnnotateOptions extends ReadingOptions {
  readonly format: 'text' | 'json';
  readonly as?: DocumentFormat;
  /** Monosemous words and abstentions too, in the text report. */
  readonly all?: boolean;
  /** Folder whose corrections and senses are taken into account. */
  readonly project?: string;
}

/** `glossight annotate FILE…|-`: every polysemous word with its sense and cosine. */
export async function annotateCommand(files: readonly string[], options: AnnotateOptions): Promise<void> {
  const inventory = createProjectInventory(await loadInventory(settingsOf(options).wordnet, ENGLISH));
  const project = options.project === undefined ? undefined : await openProject(options.project);
  inventory.take(project?.teaching.senses ?? []);
  const engine = startEngine(options);
  const signal = cancelOnInterrupt();
  try {
    if (project) await engine.teach(project.teaching);
    for (const file of files) await annotateFile(file, files.length > 1, engine, options, inventory, signal);
  } finally {
    await engine.dispose();
  }
}

async function annotateFile(
  file: string,
  several: boolean,
  engine: Engine,
  options: AnnotateOptions,
  inventory: SenseInventory,
  signal: AbortSignal,
): Promise<void> {
  const text = await readText(file);
  const output =
    options.format === 'json'
      ? jsonOutput(file, options, inventory)
      : textOutput(file, several, text, options, inventory);
  const progress = createProgress();
  const printer = createPrinter();
  // Nothing is printed when reading fails at once.
  let head = output.start;
  const add = (part: string): void => {
    printer.add(head + part);
    head = '';
  };
  try {
    await engine.read(
      { text, format: options.as ?? formatOf(file) },
      ({ done, total, readings }) => {
        progress.show(`${file}: ${Math.round((100 * done) / total)} %`);
        add(readings.map(({ annotations, abstentions }) => output.part(annotations, abstentions)).join(''));
      },
      // Reading on is in vain once nobody takes the output.
      AbortSignal.any([signal, printer.failed]),
    );
  } finally {
    progress.clear();
    if (printer.failed.aborted) await printer.done(); // its error says more than that reading was cancelled
  }
  add(output.end());
  await printer.done();
}

interface Output {
  readonly start: string;
  part(annotations: readonly Annotation[], abstentions: readonly Abstention[]): string;
  end(): string;
}

/** One object a file, on one line, written while it grows. */
function jsonOutput(file: string, { recipe, layer }: AnnotateOptions, inventory: SenseInventory): Output {
  const head = JSON.stringify({ file, recipe, layer });
  const skipped: Abstention[] = [];
  let first = true;
  return {
    start: `${head.slice(0, -1)},"annotations":[`,
    part(annotations, abstentions) {
      skipped.push(...abstentions);
      if (annotations.length === 0) return '';
      const items = annotations
        .map((annotation) => JSON.stringify(annotationJson(annotation, inventory)))
        .join(',');
      const comma = first ? '' : ',';
      first = false;
      return comma + items;
    },
    end: () => `],"abstentions":${JSON.stringify(skipped.map((one) => abstentionJson(one, inventory)))}}\n`,
  };
}

function textOutput(
  file: string,
  several: boolean,
  text: string,
  options: AnnotateOptions,
  inventory: SenseInventory,
): Output {
  const locate = lineLocator(text);
  return {
    start: several ? `${file}\n` : '',
    part(annotations, abstentions) {
      const lines = annotations
        .filter(({ polysemous }) => polysemous || options.all)
        .map(
          (annotation) =>
            [
              annotation.start,
              (at: ReturnType<typeof locate>) => annotationText(annotation, at, inventory),
            ] as const,
        );
      const skipped = (options.all ? abstentions : []).map(
        (abstention) =>
          [
            abstention.start,
            (at: ReturnType<typeof locate>) =>
              `${`${at.line}:${at.column}`.padEnd(8)}  ${abstention.text.padEnd(16)}  (${abstention.reason})\n`,
          ] as const,
      );
      return [...lines, ...skipped]
        .sort(([a], [b]) => a - b)
        .map(([start, line]) => line(locate(start)))
        .join('');
    },
    end: () => '',
  };
}
