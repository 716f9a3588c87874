#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { annotateCommand, type AnnotateOptions } from './annotate';
import { checkCommand, type CheckOptions } from './check';
import { embedCommand, type EmbedOptions } from './embed';
import { encoderDownloadCommand, type EncoderDownloadOptions, encoderInfoCommand } from './encoderCommands';
import { EVAL_TASKS, evalCommand, type EvalCommandOptions } from './evalCommand';
import {
  indexBuildCommand,
  type IndexBuildCommandOptions,
  indexInfoCommand,
  indexVerifyCommand,
} from './indexCommands';
import {
  anyLayerOption,
  encoderOption,
  indexOption,
  layerOption,
  onOff,
  profileOption,
  projectRoot,
  recipeOption,
} from './options';
import { EXIT, report } from './terminal';
import { DOCUMENT_FORMATS, EXPORT_FORMAT_NAMES } from '../core';
import { DEFAULT_HUB } from '../node/hub';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const { version } = JSON.parse(readFileSync(path.join(projectRoot(), 'package.json'), 'utf8')) as {
  version: string;
};
const formatOption = (): Option =>
  new Option('--as <format>', 'read as (default: by the file name)').choices(DOCUMENT_FORMATS);

const program = new Command('glossight')
  .description(
    'Word senses in running text, on this machine: 1-nearest-neighbour over contextual embeddings.',
  )
  .version(version)
  .showHelpAfterError('(glossight --help lists the commands)')
  .exitOverride();

program
  .command('annotate')
  .description('print the sense of every polysemous word')
  .argument('<files...>', 'text or Markdown files; - reads standard input')
  .addOption(new Option('--format <format>', 'output').choices(EXPORT_FORMAT_NAMES).default('text'))
  .option('--all', 'in text: monosemous words and abstentions too')
  .option('--project <folder>', 'read with the corrections and senses in its .glossight folder')
  .addOption(formatOption())
  .addOption(recipeOption())
  .addOption(layerOption())
  .addOption(encoderOption())
  .addOption(indexOption())
  .action((files: string[], options: AnnotateOptions) => annotateCommand(files, options));

program
  .command('check')
  .description('find words used in two senses; exit code 1 if there are any')
  .argument('<files...>', 'text or Markdown files; - reads standard input')
  .addOption(new Option('--format <format>', 'output').choices(['text', 'json']).default('text'))
  .addOption(profileOption())
  .addOption(
    new Option('--scope <scope>', 'within what uses are compared')
      .choices(['document', 'section'])
      .default('document'),
  )
  .option('--ignore <words...>', 'lemmas that may vary', [])
  .option('--project <folder>', 'heed the corrections and senses in its .glossight folder')
  .addOption(formatOption())
  .addOption(recipeOption())
  .addOption(layerOption())
  .addOption(encoderOption())
  .addOption(indexOption())
  .action((files: string[], options: CheckOptions) => checkCommand(files, options));

program
  .command('embed')
  .description('print the vector of every word')
  .argument('<file>', 'text or Markdown file; - reads standard input')
  .addOption(new Option('--format <format>', 'output').choices(['jsonl', 'npy']).default('jsonl'))
  .addOption(
    new Option('--vectors <scale>', 'scale').choices(['raw', 'standardised']).default('standardised'),
  )
  .option('--out <file>', 'for npy: the matrix; offsets go beside it as .jsonl')
  .addOption(formatOption())
  .addOption(layerOption())
  .addOption(encoderOption())
  .addOption(indexOption())
  .action((file: string, options: EmbedOptions) => embedCommand(file, options));

const index = program.command('index').description('sense vectors');
index
  .command('build')
  .description('build a sense index from tagged corpora, glosses and hypernyms')
  .option('--corpus <files...>', 'sense-tagged JSONL, gzipped or not (default: the SemCor text that ships)')
  .requiredOption('--out <file>', 'the index to write')
  .option('--held-out <file>', 'list of document ids to leave out')
  .option('--licence <notices...>', 'licences of the corpora, kept in the manifest', [])
  .addOption(anyLayerOption().default(undefined, 'mean4, or last where the encoder lacks that'))
  .addOption(encoderOption())
  .action((options: IndexBuildCommandOptions) => indexBuildCommand(options));
index
  .command('info')
  .description('say what an index was made from')
  .argument('<file>')
  .option('--json')
  .action((file: string, options: { json?: boolean }) => indexInfoCommand(file, options));
index
  .command('verify')
  .description('check that an index is whole and fits encoder, layer rule and WordNet')
  .argument('<file>')
  .addOption(layerOption())
  .addOption(encoderOption())
  .action((file: string, options: Parameters<typeof indexVerifyCommand>[1]) =>
    indexVerifyCommand(file, options),
  );

const encoders = program.command('encoder').description('other encoders');
encoders
  .command('download')
  .description('fetch an encoder from the hub, checked by its hashes')
  .argument('<name>', 'owner/model or owner/model@revision')
  .option('--out <folder>', 'folder to make or replace (default: the name of the model)')
  .addOption(new Option('--hub <address>', 'where to fetch it from').default(DEFAULT_HUB))
  .action((name: string, options: EncoderDownloadOptions) => encoderDownloadCommand(name, options));
encoders
  .command('info')
  .description('say what an encoder folder holds, and whether it can be used')
  .argument('<folder>')
  .option('--json')
  .action((folder: string, options: { json?: boolean }) => encoderInfoCommand(folder, options));

program
  .command('eval')
  .description('score predicted senses, consistency warnings or pairs of uses (Word-in-Context) against gold')
  .addOption(new Option('--task <task>', 'what is scored').choices(EVAL_TASKS).default('senses'))
  .requiredOption('--data <files...>', 'unified-evaluation XML, or tagged JSONL; for wic its data file')
  .option('--gold <file>', 'key file of XML data; for wic its gold file')
  .option('--train <file>', 'for wic: data to fit on (default: train.data.txt beside the data)')
  .option('--train-gold <file>', 'for wic: gold file of --train')
  .option('--json', 'one JSON object')
  .option('--raw', 'from plain text, without gold lemmas and parts of speech')
  .addOption(
    new Option('--heldout <half>', 'only this half of the held-out documents').choices(['choose', 'report']),
  )
  .addOption(profileOption())
  .addOption(new Option('--vectors <scale>', 'vectors to compare').choices(['raw', 'standardised', 'static']))
  .addOption(new Option('--gloss <switch>', 'gloss vectors beside averages: on or off').argParser(onOff))
  .addOption(new Option('--prior <switch>', 'frequency prior beside averages: on or off').argParser(onOff))
  .addOption(recipeOption())
  .addOption(layerOption())
  .addOption(encoderOption())
  .addOption(indexOption())
  .action((options: EvalCommandOptions) => evalCommand(options));

program.parseAsync().then(
  () => process.exit(process.exitCode ?? EXIT.ok),
  (error: unknown) => {
    // Commander has printed what is wrong with the arguments already; help and version are no errors.
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage);
    process.exit(report(error));
  },
);
