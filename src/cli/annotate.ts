import { ENGLISH } from '../languages';
import {
  createPlaceFinder,
  createProjectInventory,
  type DocumentFormat,
  documentPart,
  EXPORT_FORMATS,
  type ExportFormatName,
  formatOf,
  type SenseInventory,
} from '../core';
import { loadInventory } from '../node/files';
import type { Engine } from '../engine';
import { type ReadingOptions, settingsOf } from './options';
import { startEngine, openProject, readTexts } from './reading';
import { cancelOnInterrupt, createPrinter, createProgress } from './terminal';

export interface AnnotateOptions extends ReadingOptions {
  readonly format: ExportFormatName;
  readonly as?: DocumentFormat;
  /** Print monosemous words and abstentions too, in a format that otherwise leaves them out. */
  readonly all?: boolean;
  /** Folder of documents whose corrections and senses are used. */
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
    for await (const { file, text } of readTexts(files))
      await annotateFile(file, text, files.length > 1, engine, options, inventory, signal);
  } finally {
    await engine.dispose();
  }
}

async function annotateFile(
  file: string,
  text: string,
  isOneOfSeveral: boolean,
  engine: Engine,
  options: AnnotateOptions,
  inventory: SenseInventory,
  signal: AbortSignal,
): Promise<void> {
  const { recipe, layer, all = false } = options;
  const { needsTokens, createExporter } = EXPORT_FORMATS[options.format];
  const exporter = createExporter({ file, text, recipe, layer }, { all, isOneOfSeveral });
  const placeOf = createPlaceFinder(text);
  const progress = createProgress();
  const printer = createPrinter();
  // The head is printed with the first part, so that nothing is printed if reading fails at once.
  let { head } = exporter;
  const add = (part: string): void => {
    printer.add(head + part);
    head = '';
  };
  try {
    await engine.read(
      { text, format: options.as ?? formatOf(file), withTokens: needsTokens },
      ({ done, total, readings }) => {
        progress.show(`${file}: ${Math.round((100 * done) / total)} %`);
        add(readings.map((reading) => exporter.part(documentPart(reading, inventory, placeOf))).join(''));
      },
      // Reading stops when the output cannot be printed, as when `head` has seen enough.
      AbortSignal.any([signal, printer.failed]),
    );
  } finally {
    progress.clear();
    if (printer.failed.aborted) await printer.done(); // throws the error of printing, which says more than a CancelledError
  }
  add(exporter.tail());
  await printer.done();
}
