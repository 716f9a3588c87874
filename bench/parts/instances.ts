import path from 'node:path';
import type { AnnotationStore } from '../../src/core/annotations/store';
import { createAnnotationStore } from '../../src/core/annotations/store';
import { createForkedEngine } from '../../src/node/process/forkedEngine';
import { ENGLISH } from '../../src/languages/english/language';
import { dataPlaces, loadInventory } from '../../src/node/files/dataFiles';
import type { OpenDocument } from '../../src/engine/documents';
import type { Engine } from '../../src/engine/engine';
import { count, median, timed } from '../support/measure';
import { type Report, root } from '../support/report';
import { mobyDick, type NamedText, warAndPeace } from '../support/texts';

const REPETITIONS = 15;
/** A word with a thousand uses in the first novel. */
const LEMMA = 'whale';
/** The word whose nearest words are looked for among all vectors of both novels. */
const QUERY = 'ship';

/** Times of questions to the encoder process about novels that have been read, with the messages both ways. */
export async function instancesPart(): Promise<Report[]> {
  const places = dataPlaces(root);
  const inventory = await loadInventory(places.wordnet, ENGLISH);
  const engine = createForkedEngine({
    entry: path.join(root, 'dist', 'encoder-process.js'),
    settings: { ...places, index: places.index('default'), layer: 'mean4', recipe: 'default', threads: 2 },
    logger: { trace: quiet, info: quiet, warn: console.error, error: console.error },
  });
  const store = createAnnotationStore();
  const first = await open(engine, store, mobyDick());
  const senses = inventory.senses(LEMMA, 'noun');
  const { uses } = await engine.ask([first], 'uses', { senses, asked: undefined });
  const asked = uses[uses.length >> 1]!;
  const rows = [
    await row(`List of the ${count(uses.length)} uses of “${LEMMA}”, nearest first`, '200 ms', () =>
      engine.ask([first], 'uses', { senses, asked }),
    ),
    await row('Their map by principal components', '500 ms', () =>
      engine.ask([first], 'map', { senses, method: 'pca' }),
    ),
    await row('Their map by UMAP', '', () => engine.ask([first], 'map', { senses, method: 'umap' })),
  ];
  const second = await open(engine, store, warAndPeace());
  const own = inventory.senses(QUERY, 'noun');
  const other = await engine.ask([first], 'uses', { senses: own, asked: undefined });
  const vectors = ['0', '1'].reduce((sum, key) => sum + (store.get(key)?.totals.polysemous ?? 0), 0);
  const question = { place: other.uses[0]!, senses: own, count: 40 };
  rows.push(
    await row(`Words nearest to one among ${count(vectors)} vectors`, '20 ms for 200,000', () =>
      engine.ask([first, second], 'neighbours', question),
    ),
  );
  await engine.dispose();
  return [
    {
      name: 'instances',
      document: 'instances.md',
      header: ['', 'median', 'least–most', 'aim'],
      rows,
      note: `From the question to its answer in another process, ${REPETITIONS} times each.`,
    },
  ];
}

async function row(name: string, aim: string, ask: () => Promise<unknown>): Promise<string[]> {
  await ask();
  const times: number[] = [];
  for (let i = 0; i < REPETITIONS; i++) times.push(1000 * (await timed(ask)).seconds);
  return [
    name,
    `${count(median(times))} ms`,
    `${count(Math.min(...times))}–${count(Math.max(...times))}`,
    aim,
  ];
}

let opened = 0;

/** Opens a novel and waits until it has been read. */
async function open(
  engine: Engine,
  store: AnnotationStore,
  { name, text }: NamedText,
): Promise<OpenDocument> {
  const key = `${opened++}`;
  store.open(key, 1);
  let handle: OpenDocument;
  let shown = 0;
  await new Promise<void>((resolve, reject) => {
    handle = engine.open(
      { version: 1, text, format: 'plain' },
      {
        onReadings({ version, readings, done, total }) {
          store.add(key, version, readings);
          if (done / total >= shown + 0.1)
            console.error(`${name}: ${Math.round(100 * (shown = done / total))} %`);
          if (done === total) resolve();
        },
        onFailed: reject,
      },
    );
  });
  return handle!;
}

function quiet(): void {
  // Progress is shown from the readings.
}
