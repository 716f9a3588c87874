import assert from 'node:assert/strict';
import { createTagger } from '../../src/languages/english/tagger';
import { findWords } from '../../src/languages/english/words';
import { wordnet } from '../support/artifacts';

const tagger = createTagger();

/** What is found in a sentence: words as "form:lemmas", abstentions as "form (reason)", in order. */
function found(text: string, rules: 'reader' | 'none' = 'reader'): string[] {
  return tagger
    .tag(text)
    .map((sentence) => findWords(sentence, text, wordnet(), rules))
    .flatMap(({ words, abstentions }) =>
      [
        ...words.map((word) => ({ ...word, shown: word.text })),
        ...abstentions.map((abstention) => ({
          ...abstention,
          shown: `${abstention.text} (${abstention.reason})`,
        })),
      ].sort((a, b) => a.start - b.start),
    )
    .map(({ shown }) => shown);
}

function words(text: string): string[] {
  return found(text).filter((shown) => !shown.includes('('));
}

function reasonOf(text: string, form: string): string | undefined {
  return found(text)
    .find((shown) => shown === form || shown.startsWith(`${form} (`))
    ?.slice(form.length + 1);
}

describe('words and abstentions', () => {
  it('finds multiword lemmas, inflected too, the longest first', () => {
    assert.deepEqual(words('The wedding took place in New York.'), ['wedding', 'took place', 'New York']);
    assert.deepEqual(words('She looked up the mothers-in-law.'), ['looked up', 'mothers-in-law']);
    assert.deepEqual(words('A state of affairs.'), ['state of affairs']);
  });

  it('does not mistake words that only stand side by side for one lemma', () => {
    assert.deepEqual(words('They had come to listen.'), ['come', 'listen']);
    assert.deepEqual(words('The light died on the hills.'), ['light', 'died', 'hills']);
  });

  const functionWords = ['in', 'at', 'he', 'a', 'I', 'the', 'of', 'and', 'that', 'with', 'as', 'who'];
  for (const form of functionWords) {
    it(`abstains from the function word ${form}`, () => {
      const text = `I said that he with a friend at the bank in town, and as of now, knew who came.`;
      assert.equal(reasonOf(text, form), '(function word)');
    });
  }

  const auxiliaries: readonly (readonly [text: string, form: string, auxiliary: boolean])[] = [
    ['She is reading a letter.', 'is', true],
    ['She is cold.', 'is', false],
    ['The letter was written by a friend.', 'was', true],
    ['The letter was long.', 'was', false],
    ['He has eaten the bread.', 'has', true],
    ['He has a boat.', 'has', false],
    ['They did not see the light.', 'did', true],
    ['They did the work.', 'did', false],
    ['Did the old man see the light?', 'Did', true],
    ['We can swim.', 'can', true],
    ['He opened the can.', 'can', false],
    ['You will find the jar.', 'will', true],
    ['They read the will aloud.', 'will', false],
    ['It had often been seen there.', 'had', true],
    ['It had often been seen there.', 'been', true],
  ];
  for (const [text, form, auxiliary] of auxiliaries) {
    it(`${auxiliary ? 'abstains from' : 'reads'} “${form}” in “${text}”`, () => {
      assert.equal(reasonOf(text, form), auxiliary ? '(auxiliary)' : '');
    });
  }

  it('gives names no common-noun sense', () => {
    for (const [text, form] of [
      ['Then Rose came home.', 'Rose'],
      ['We told Mark the news.', 'Mark'],
      ['Yesterday Will left early.', 'Will'],
      ['The letter was for Bill.', 'Bill'],
    ] as const) {
      assert.match(reasonOf(text, form) ?? 'missing', /proper name|auxiliary/, text);
    }
    assert.deepEqual(words('A rose will mark the spot.'), ['rose', 'mark', 'spot']);
  });

  it('leaves it to the vector whether a first word is a name or a common word', () => {
    const mayBeName = (text: string): unknown[] =>
      tagger
        .tag(text)
        .flatMap((sentence) => findWords(sentence, text, wordnet(), 'reader').words)
        .filter((word) => word.mayBeName)
        .map((word) => word.text);
    assert.deepEqual(mayBeName('Rose walked into the garden.'), ['Rose']);
    assert.deepEqual(mayBeName('Water boils at sea level.'), ['Water']);
    assert.deepEqual(mayBeName('The BANK of that town paid.'), ['BANK']);
    assert.deepEqual(mayBeName('Paris is big.'), []);
  });

  it('takes a name of several words for one, and reads what WordNet knows in it', () => {
    const text = 'He told Nick Skorich of Cincinnati University about New York.';
    assert.deepEqual(found(text).slice(1), [
      'told',
      'Nick Skorich (proper name)',
      'of (function word)',
      'Cincinnati',
      'Cincinnati University (proper name)',
      'about (function word)',
      'New York',
    ]);
    assert.ok(!found('Yesterday Will left early.').includes('Yesterday Will (proper name)'));
  });

  it('reads the words that a unit is made of too', () => {
    const text = 'The meeting took place in the area code.';
    const units = tagger
      .tag(text)
      .flatMap((sentence) => findWords(sentence, text, wordnet(), 'reader').words)
      .filter(({ parts }) => parts)
      .map((word) => [word.text, ...word.parts!.map((part) => part.text)]);
    assert.deepEqual(units, [
      ['took place', 'took', 'place'],
      ['area code', 'area', 'code'],
    ]);
  });

  it('keeps the capitalised senses of a name, and the others of a common word', () => {
    const senses = (text: string, form: string): string[] =>
      tagger
        .tag(text)
        .flatMap((sentence) => findWords(sentence, text, wordnet(), 'reader').words)
        .filter((word) => word.text === form)
        .flatMap(({ lemmas }) => lemmas.flatMap((lemma) => lemma.senses))
        .map((sense) => wordnet().describe(sense).lemma);
    assert.ok(senses('They sailed to China in spring.', 'China').every((lemma) => lemma === 'China'));
    assert.ok(senses('They ate from the best china.', 'china').every((lemma) => lemma === 'china'));
  });

  it('reads titles, where capitals say nothing', () => {
    assert.deepEqual(words('The Bank and the River'), ['Bank', 'River']);
  });

  it('says why for numbers and unknown words', () => {
    assert.equal(reasonOf('He counted 42 sheep.', '42'), '(number)');
    assert.equal(reasonOf('The zorblaxing stopped.', 'zorblaxing'), '(not in WordNet)');
  });

  it('abstains from nothing that WordNet lists when the rules are off', () => {
    assert.ok(found('He is in a can.', 'none').every((shown) => !/function word|auxiliary|name/.test(shown)));
  });
});
