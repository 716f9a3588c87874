import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createAnnotationStore } from '../../src/core/annotations/store';
import { unpackAnnotation } from '../../src/core/annotations/packed';
import { readParagraphs, type Reading } from '../../src/core/pipeline';
import { readProse } from '../../src/core/prose/prose';
import type { SessionReadings } from '../../src/core/reading/session';
import { openSenseIndex } from '../../src/core/senses/senseIndex';
import { sureSupersense } from '../../src/core/senses/supersense';
import { createEngine, type Engine } from '../../src/engine/engine';
import { loadEncoder } from '../../src/node/encoder/loadEncoder';
import { readBytes } from '../../src/node/files/dataFiles';
import { sha256 } from '../../src/node/files/files';
import { buildSenseIndex } from '../../src/node/index-build/indexBuilder';
import { fitted } from '../support/artifacts';
import { english } from '../support/english';
import { fakePipeline } from '../support/fakeReading';
import { temporaryFolder } from '../support/temporary';
import { writeTinyEncoder } from '../support/tinyEncoder';
import {
  EDGE,
  openTinyRussian,
  TINY_RUSSIAN_CORPUS,
  TINY_RUSSIAN_PACK,
  TINY_RUSSIAN_PIECES,
} from '../support/tinyRussian';
import { casedWordPieceOf } from '../support/tinyTokenizers';
import { until } from '../support/wait';

describe('a language beside English, in Cyrillic', () => {
  const file = temporaryFolder();
  const inventory = openTinyRussian();
  const idOf = (key: string): number => inventory.find(key)!;
  let engine: Engine;

  before(async () => {
    writeTinyEncoder(file('encoder'), {
      tokenizer: casedWordPieceOf(TINY_RUSSIAN_PIECES),
      vocabularySize: TINY_RUSSIAN_PIECES.length,
    });
    const layer = 'last';
    const { encoder, wordPieces } = await loadEncoder(file('encoder'), layer);
    writeFileSync(
      file('corpus.jsonl'),
      TINY_RUSSIAN_CORPUS.map((sentence) => JSON.stringify(sentence)).join('\n'),
    );
    await buildSenseIndex({
      corpora: [file('corpus.jsonl')],
      out: file('index.bin'),
      layer,
      inventory,
      encoder,
      wordPieces,
      heldOut: new Set(),
      licences: ['made for a test'],
    });
    const index = openSenseIndex(
      await readBytes(file('index.bin')),
      { encoder: encoder.info, layer, inventory },
      sha256,
    );
    engine = createEngine({
      model: {
        language: TINY_RUSSIAN_PACK.code,
        inventory,
        index,
        encoder,
        wordPieces,
        fitted: fitted.averages,
        layer,
        licences: index.manifest.licences,
      },
      pack: TINY_RUSSIAN_PACK,
      cache: undefined,
      corpus: undefined,
      drawGraph: () => Promise.resolve([]),
      nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
      dispose: () => encoder.dispose(),
    });
  });
  after(() => engine.dispose());

  async function read(text: string): Promise<Reading> {
    const readings: Reading[] = [];
    await engine.read({ text, format: 'plain' }, (batch) => readings.push(...batch.readings));
    return {
      annotations: readings.flatMap(({ annotations }) => annotations),
      abstentions: readings.flatMap(({ abstentions }) => abstentions),
    };
  }

  it('is read with its own lemmas, й and ё kept, and the nearest of its senses', async () => {
    const { annotations, abstentions } = await read('Ежи на краю. Он мёл края, а мел — железная дорога.');
    assert.deepEqual(
      annotations.map(({ text, lemma, sense, partOfSpeech }) => [
        text,
        lemma,
        inventory.key(sense),
        partOfSpeech,
      ]),
      [
        ['Ежи', 'ёж', 'ёж · 1', 'noun'],
        ['краю', 'край', EDGE.border, 'noun'],
        ['мёл', 'мести', 'мести · 1', 'verb'],
        ['края', 'край', EDGE.region, 'noun'],
        ['мел', 'мел', 'мел · 1', 'noun'],
        ['железная дорога', 'железная_дорога', 'дорога · 1', 'noun'],
      ],
    );
    assert.deepEqual(
      abstentions.map(({ text, reason }) => [text, reason]),
      [
        ['на', 'function word'],
        ['Он', 'function word'],
        ['а', 'function word'],
      ],
    );
  });

  it('abstains from a paragraph of another language', async () => {
    const { annotations, abstentions } = await read('The bank of the river was steep.\n\nКрай.');
    assert.deepEqual(
      abstentions.map(({ start, end, reason }) => [start, end, reason]),
      [[0, 32, 'no language pack']],
    );
    assert.deepEqual(
      annotations.map(({ lemma }) => lemma),
      ['край'],
    );
  });

  it('gives the hover card all it shows: word, sense, synonyms, rivals, and no supersense where there is none', async () => {
    const text = 'Железная дорога на краю.';
    const store = createAnnotationStore();
    store.open('page', 1);
    engine.open(
      { version: 1, text, format: 'plain' },
      {
        onReadings: ({ version, readings }: SessionReadings) => store.add('page', version, readings),
        onFailed: (error) => assert.fail(error),
      },
    );
    await until(() => store.get('page')!.isRead(0, text.length));
    const shown = (word: string): ReturnType<typeof unpackAnnotation> => {
      const packed = store.get('page')!.at(text.indexOf(word))!;
      return unpackAnnotation(packed, text.slice(packed.start, packed.end), inventory);
    };
    const edge = shown('краю');
    assert.equal(edge.lemma, 'край');
    assert.deepEqual(
      edge.candidates.map(({ sense, lemma }) => [inventory.key(sense), lemma]),
      [
        [EDGE.border, 'край'],
        [EDGE.region, 'край'],
      ],
    );
    assert.ok(edge.cosine! > edge.candidates[1]!.cosine);
    assert.equal(sureSupersense([{ sense: idOf(EDGE.border), probability: 1 }], inventory), undefined);
    assert.equal(sureSupersense([{ sense: idOf(EDGE.region), probability: 1 }], inventory), 'место');

    const railway = inventory.describe(shown('Железная').sense);
    assert.deepEqual(railway, {
      id: railway.id,
      key: 'дорога · 1',
      lemma: 'железная_дорога',
      partOfSpeech: 'noun',
      gloss: 'путь для поездов',
      examples: [],
      synonyms: ['чугунка'],
    });
  });

  it('shares a text with English: each paragraph goes to the first pack that owns it', async () => {
    const one = { ...fakePipeline(), pack: english((text) => text.includes('bank')) };
    const other = { ...fakePipeline(), pack: TINY_RUSSIAN_PACK, inventory };
    const paragraphs = readProse('A bank lends.\n\nЁж на краю.\n\nΤίποτα.\n\nbank и край', 'plain');
    const read = await readParagraphs(paragraphs, [one, other]);
    assert.deepEqual(
      read.map(({ language }) => language?.pack.code),
      ['en', 'ru', undefined, 'en'],
    );
    assert.deepEqual(
      read.map(({ annotations }) => annotations.map(({ lemma }) => lemma)),
      [['bank', 'lend'], ['ёж', 'край'], [], ['bank']],
    );
    assert.deepEqual(
      read[2]!.abstentions.map(({ reason }) => reason),
      ['no language pack'],
    );
    assert.equal(read[1]!.vectors.length, 2);
    assert.ok(read[1]!.vectors.every((vector) => vector?.some((value) => value !== 0)));
  });
});
