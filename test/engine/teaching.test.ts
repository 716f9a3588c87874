import assert from 'node:assert/strict';
import { ENGLISH } from '../../src/languages/english/language';
import path from 'node:path';
import type { Annotation } from '../../src/core/annotations/annotation';
import { createAnnotationStore } from '../../src/core/annotations/store';
import type { Lesson } from '../../src/core/senses/taught';
import {
  createProjectInventory,
  type NumberedSense,
  projectKey,
} from '../../src/core/project/projectInventory';
import { silentLogger } from '../../src/core/util/logger';
import type { Teaching } from '../../src/protocol/encoder';
import { createForkedEngine } from '../../src/node/process/forkedEngine';
import type { Engine } from '../../src/engine/engine';
import { openEngine } from '../../src/node/process/openEngine';
import { readerSettings, wordnet } from '../support/artifacts';
import { root } from '../support/cli';
import { until } from '../support/wait';

const NOTHING: Teaching = { senses: [], lessons: [] };
const SLOPE = 'bank%1:17:01::';

const lesson = (passage: string, word: string, sense: string): Lesson => {
  const start = passage.indexOf(word);
  return { sense, passage, start, end: start + word.length, format: 'markdown' };
};
const own = (word: string, more: Partial<NumberedSense> = {}): NumberedSense => ({
  number: 0,
  word,
  partOfSpeech: 'noun',
  id: 'own',
  definition: 'the flagship of the fleet',
  examples: [],
  wordnet: 'beside',
  ...more,
});

describe('an engine that is taught', () => {
  /** The key of a sense that an engine, maybe in another process, named by its number. */
  const keyOf = (
    found: Annotation | undefined,
    senses: readonly NumberedSense[] = [],
  ): string | undefined => {
    const inventory = createProjectInventory(wordnet());
    inventory.take(senses);
    return found && inventory.key(found.sense);
  };
  let engine: Engine;

  before(async () => {
    engine = await openEngine(readerSettings, silentLogger);
  });
  after(() => engine.dispose());
  afterEach(() => engine.teach(NOTHING));

  async function annotationOf(text: string, word: string, by = engine): Promise<Annotation | undefined> {
    const found: Annotation[] = [];
    await by.read({ text, format: 'markdown' }, ({ readings }) =>
      found.push(...readings.flatMap(({ annotations }) => annotations)),
    );
    return found.find(({ start }) => start === text.indexOf(word));
  }

  it('reads a sentence again as it was corrected, markup or not, and forgets it again', async () => {
    const text = 'She put her money in the *bank* and went home.';
    const before = await annotationOf(text, 'bank');
    assert.notEqual(keyOf(before), SLOPE);
    await engine.teach({ senses: [], lessons: [lesson(text, 'bank', SLOPE)] });
    for (const again of [text, text.replaceAll('*', ''), `It rained.\n\n${text}`]) {
      const after = await annotationOf(again, 'bank');
      assert.equal(keyOf(after), SLOPE);
      assert.deepEqual(after?.evidence, { kind: 'taught', uses: 1 });
    }
    const other = 'The committee met at the bank of England to set the rate.';
    assert.notEqual(keyOf(await annotationOf(other, 'bank')), SLOPE);
    await engine.teach(NOTHING);
    assert.deepEqual(await annotationOf(text, 'bank'), before);
  });

  it('teaches every process that is started for it', async () => {
    const entry = path.join(root, 'dist', 'encoder-process.js');
    const forked = createForkedEngine({ entry, settings: readerSettings, logger: silentLogger });
    try {
      const text = 'She put her money in the bank and went home.';
      const senses = [own('boat', { wordnet: 'hidden' })];
      await forked.teach({
        senses,
        lessons: [lesson(text, 'bank', SLOPE)],
      });
      for (const process of ['first', 'second']) {
        assert.equal(keyOf(await annotationOf(text, 'bank', forked)), SLOPE, process);
        const boat = 'A boat sailed by.';
        assert.equal(keyOf(await annotationOf(boat, 'boat', forked), senses), 'boat%own:noun:own', process);
        assert.ok(forked.pid);
        globalThis.process.kill(forked.pid, 'SIGKILL');
        await until(() => forked.pid === undefined);
      }
    } finally {
      await forked.dispose();
    }
  });

  it('reads senses of the project by their examples, or by their definition', async () => {
    const examples = [
      'Model drift is measured weekly by comparing predictions with fresh labels.',
      'When drift exceeds the threshold, the classifier is retrained.',
    ];
    const sense = own('drift', { examples });
    await engine.teach({ senses: [sense], lessons: [] });
    const meant = await annotationOf('Alerts fire when drift in the distribution is found.', 'drift');
    assert.equal(keyOf(meant, [sense]), projectKey(sense, ENGLISH));
    assert.deepEqual(meant?.evidence, { kind: 'average', uses: 2 });
    assert.ok(meant.candidates.length > 1);
    const other = await annotationOf('The drift of the boat was slow.', 'drift');
    assert.match(keyOf(other, [sense]) ?? '', /^drift%1/);
    await engine.teach({ senses: [own('kestrelship')], lessons: [] });
    const lacking = await annotationOf('Two kestrelships met.', 'kestrelships');
    assert.equal(keyOf(lacking, [own('kestrelship')]), 'kestrelship%own:noun:own');
    assert.equal(lacking?.polysemous, false);
    await engine.teach({ senses: [own('bank', { wordnet: 'below' })], lessons: [] });
    const above = await annotationOf('She put her money in the bank.', 'bank');
    assert.equal(keyOf(above, [own('bank')]), 'bank%own:noun:own');
  });

  it('reads those paragraphs of open documents again that teaching concerns', async () => {
    const text = 'She put her money in the bank and went home.\n\nA boat sailed by.';
    const store = createAnnotationStore();
    store.open('a', 1);
    let readings = 0;
    let isDone = false;
    const document = engine.open(
      { version: 1, text, format: 'markdown' },
      {
        onReadings(some) {
          store.add('a', some.version, some.readings);
          readings += some.readings.length;
          isDone = some.done === some.total;
        },
        onFailed: (error) => assert.fail(error),
      },
    );
    await until(() => isDone);
    const first = readings;
    await engine.teach({ senses: [], lessons: [lesson(text.split('\n')[0]!, 'bank', SLOPE)] });
    await until(() => store.get('a')?.at(text.indexOf('bank'))?.evidence === 'taught');
    await until(() => isDone);
    assert.equal(readings - first, 1, 'the other paragraph is not read again');
    document.close();
  });
});
