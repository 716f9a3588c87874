import assert from 'node:assert/strict';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import { embedWords } from '../../src/core/vectors/embed';
import type { Encoder } from '../../src/core/ports';
import { readableText, type TaggedSentence, type TaggedToken } from '../../src/core/senses/taggedCorpus';
import { seededRandom } from '../../src/core/util/random';
import { readDocuments } from '../../src/research/evaluation';
import { isTagged, randomParagraphs, trainingWindows } from '../../scripts/release/trainingWindows';
import { encoderVocabulary, places, wordnet } from '../support/artifacts';
import { createFakeEncoder } from '../support/fakeEncoder';

describe('windows to train on', () => {
  const vocabulary = encoderVocabulary();
  const wordPieces = createWordPieceTokenizer(vocabulary);
  const maker = { inventory: wordnet(), wordPieces, maxPieces: 128 };
  let document: readonly TaggedSentence[];

  before(async () => {
    [document = []] = await readDocuments(places.corpus);
  });

  it('are those that the engine sends to the encoder', async () => {
    const sent: number[][] = [];
    const fake = createFakeEncoder();
    const encoder: Encoder = {
      ...fake,
      info: { ...fake.info, maxPieces: 128 },
      encode(windows, layer) {
        sent.push(...windows.map((window) => [...window]));
        return fake.encode(windows, layer);
      },
    };
    const { text, sentences, instances } = readableText(document);
    await embedWords([{ text, sentences, words: instances }], 'mean4', { encoder, wordPieces });
    assert.ok(sent.length > 10, `${sent.length} windows`);
    assert.deepEqual(
      trainingWindows(document, 0, maker).map(({ pieces }) => pieces),
      sent,
    );
  });

  it('say where an instance stands, what it may mean and what it means', () => {
    const token = { text: 'a', lemma: 'a', pos: 'DET' };
    const sentence: TaggedSentence = {
      id: 's',
      doc: 'd',
      tokens: [
        token,
        { text: 'grandfather', lemma: 'grandfather', pos: 'NOUN', keys: ['grandfather%1:18:00::'] },
        { text: 'Plays', lemma: 'play', pos: 'VERB', keys: ['play%2:33:00::', 'play%2:99:99::'] },
      ],
    };
    const [window] = trainingWindows([sentence], 7, maker);
    assert.equal(window!.doc, 'd');
    const [grandfather, plays] = window!.instances.map(([from, to, first, count, gold, place]) => ({
      word: window!.pieces
        .slice(from, to)
        .map((id) => vocabulary[id])
        .join(' '),
      first: maker.inventory.key(first),
      count,
      gold: gold.map((sense) => maker.inventory.key(sense)),
      place,
    }));
    const key = 'grandfather%1:18:00::';
    assert.deepEqual(grandfather, { word: 'grandfather', first: key, count: 1, gold: [key], place: 7 });
    assert.equal(plays!.word, 'plays');
    assert.equal(plays!.count, maker.inventory.senses('play', 'verb').length);
    assert.deepEqual([plays!.gold, plays!.place], [['play%2:33:00::'], 8]);
  });

  it('name what else a word may mean where only the text is known, capitals of names included', () => {
    const tagged = (text: string, lemma: string, key: string): TaggedToken => ({
      text,
      lemma,
      pos: 'NOUN',
      keys: [key],
    });
    const sentence: TaggedSentence = {
      id: 's',
      doc: 'd',
      tokens: [
        tagged('Plays', 'play', 'play%1:10:01::'),
        tagged('Skorich', 'person', 'person%1:03:00::'),
        tagged('problems', 'problem', 'problem%1:26:00::'),
      ],
    };
    const { inventory } = maker;
    const names = ['person%1:03:00::', 'location%1:03:00::', 'group%1:03:00::'];
    const others = trainingWindows([sentence], 0, maker).flatMap(({ instances }) =>
      instances.map((instance) => instance[6].map((sense) => inventory.key(sense))),
    );
    assert.deepEqual(others, [
      inventory.senses('play', 'verb').map((sense) => inventory.key(sense)),
      names.slice(1),
      [],
    ]);
  });

  it('hold every instance once, at the same place, however a document is cut', () => {
    const tagged = document.flatMap(({ tokens }) => tokens.filter(isTagged)).length;
    for (const seed of [1, 2]) {
      const paragraphs = randomParagraphs(document, seededRandom(seed));
      assert.deepEqual(paragraphs.flat(), document);
      assert.ok(new Set(paragraphs.map(({ length }) => length)).size > 3);
      assert.deepEqual(paragraphs, randomParagraphs(document, seededRandom(seed)));
      let place = 0;
      const seen = paragraphs.flatMap((paragraph) => {
        const windows = trainingWindows(paragraph, place, maker);
        place += paragraph.flatMap(({ tokens }) => tokens.filter(isTagged)).length;
        return windows.flatMap(({ instances }) => instances);
      });
      assert.deepEqual(
        seen.map((instance) => instance[5]).sort((a, b) => a - b),
        Array.from({ length: tagged }, (_, i) => i),
      );
    }
    assert.notDeepEqual(
      randomParagraphs(document, seededRandom(1)),
      randomParagraphs(document, seededRandom(2)),
    );
  });
});
