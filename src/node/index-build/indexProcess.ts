/** Entry point of the forked process that describes an encoder and builds its sense vectors. It ends when that is done. */
import os from 'node:os';
import type {
  DescribedEncoder,
  FromIndexProcess,
  IndexBuild,
  IndexProcessSettings,
  ToIndexProcess,
} from '../../protocol/indexBuild';
import { ENGLISH } from '../../languages';
import { loadInventory } from '../files';
import { failureOf } from '../../engine';
import type { LoadedEmbedder } from '../encoder';
import { buildSenseIndex } from './indexBuilder';
import { loadEncoder } from '../encoder';

/** A low priority, as building takes minutes and must not slow down what the reader does meanwhile. */
const NICE = 10;

const stopped = new AbortController();

process.on('message', (message: ToIndexProcess) => {
  switch (message.type) {
    case 'start':
      void start(message.settings);
      break;
    case 'cancel':
      stopped.abort();
      break;
    default:
      message satisfies never;
  }
});
// When the parent goes, the build writes a checkpoint and stops; started again, it continues from there.
process.on('disconnect', () => stopped.abort());
// Ctrl-C in a terminal reaches this process too, but only the parent decides whether it stops.
process.on('SIGINT', () => undefined);

async function start({ encoder: folder, build }: IndexProcessSettings): Promise<void> {
  let answer: FromIndexProcess;
  try {
    os.setPriority(NICE);
    const loaded = await loadEncoder(folder, build?.layer);
    if (build) await buildIndex(build, loaded, stopped.signal);
    await loaded.encoder.dispose();
    const encoder: DescribedEncoder = { info: loaded.encoder.info, licence: loaded.licence };
    answer = { type: 'finished', encoder };
  } catch (error) {
    answer = { type: 'failed', failure: failureOf(error) };
  }
  if (!process.connected) process.exit(0);
  process.send!(answer, () => process.exit(0));
}

async function buildIndex(
  { layer, wordnet, corpus, out }: IndexBuild,
  { encoder, wordPieces, licence }: LoadedEmbedder,
  signal: AbortSignal,
): Promise<void> {
  const inventory = await loadInventory(wordnet, ENGLISH);
  await buildSenseIndex({
    corpora: [corpus],
    out,
    layer,
    inventory,
    encoder,
    wordPieces,
    heldOut: new Set(),
    licences: [
      `WordNet ${inventory.edition}: WordNet licence`,
      `${encoder.info.name}: ${licence ?? 'licence unknown'}`,
      'SemCor 3.0: WordNet licence',
    ],
    progress: (phase, done, total) => {
      const message: FromIndexProcess = { type: 'progress', step: { phase, done, total } };
      if (process.connected) process.send?.(message);
    },
    signal,
  });
}
