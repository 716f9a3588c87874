import assert from 'node:assert/strict';
import type { Word } from '../../src/core/languagePack';
import { createTagger } from '../../src/languages/english/tagger';
import { findWords } from '../../src/languages/english/words';
import { wordnet } from '../support/artifacts';

const tagger = createTagger();

function wordsIn(text: string): readonly Word[] {
  return tagger.tag(text).flatMap((sentence) => findWords(sentence, text, wordnet(), 'reader').words);
}

function lemmasOf(text: string, form: string): readonly string[] | undefined {
  return wordsIn(text)
    .find((word) => word.text === form)
    ?.lemmas.map(({ lemma }) => lemma);
}

describe('forms', () => {
  it('of older English and of speech are those of their verbs', () => {
    for (const [text, form, lemma] of [
      ['He goeth before us.', 'goeth', 'go'],
      ['She loveth him.', 'loveth', 'love'],
      ['The brook runneth fast.', 'runneth', 'run'],
      ['The child crieth.', 'crieth', 'cry'],
      ['He lov’d her well.', 'lov’d', 'love'],
      ['They were laughin’ aloud.', 'laughin’', 'laugh'],
    ] as const)
      assert.equal(lemmasOf(text, form)?.[0], lemma, text);
    assert.deepEqual(lemmasOf('He’d seen it.', 'He’d'), undefined);
    // A quotation that ends is no letter left out.
    assert.equal(lemmasOf('He said ‘a small cabin’ and left.', 'cabin')?.[0], 'cabin');
  });

  it('of either side of the Atlantic are found where WordNet has the other', () => {
    assert.ok(wordnet().lemmas('colourise').length > 0);
    assert.ok(
      wordnet()
        .lemmas('labourers')
        .some(({ lemma }) => lemma === 'laborer' || lemma === 'labourer'),
    );
  });

  it('that are a stutter or a letter dropped are no words', () => {
    assert.deepEqual(
      wordsIn('“W-w-where is the b-bridge?”').map(({ text }) => text),
      ['is', 'bridge'],
    );
  });

  it('of another language are no words, where they make a stretch', () => {
    const forms = (text: string): string[] => wordsIn(text).map(({ text: form }) => form);
    assert.deepEqual(forms('He said « le pain est sur la table » and left.'), ['said', 'left']);
    assert.deepEqual(forms('The motto, mors certa hora incerta, was carved.'), ['motto', 'carved']);
    assert.deepEqual(forms('He ate a croissant in a café.'), ['ate', 'croissant', 'café']);
  });
});

describe('units', () => {
  const units = (text: string): (readonly [string, boolean])[] =>
    wordsIn(text)
      .filter(({ parts }) => parts)
      .map((word) => [word.text, word.apart !== undefined]);

  it('that overlap are decided together', () => {
    assert.deepEqual(units('Water boils at sea level.'), [['sea level', false]]);
    assert.deepEqual(units('He slid into home plate.'), [['home plate', false]]);
  });

  it('of a verb and a particle are left to the vector where an object may follow', () => {
    assert.deepEqual(units('He looked on the shelf.'), [['looked on', true]]);
    assert.deepEqual(units('He looked on while they fought.'), [['looked on', false]]);
    assert.deepEqual(units('He kicked the bucket across the yard.'), [['kicked the bucket', true]]);
  });

  it('of a verb and a particle behind its object have the verb’s place', () => {
    assert.deepEqual(lemmasOf('Turn the lamp off before you go.', 'Turn'), ['turn_off']);
    assert.deepEqual(lemmasOf('She picked it up.', 'picked'), ['pick_up']);
    for (const text of ['He put the book on the shelf.', 'She put more weight on reading.'])
      assert.ok(
        lemmasOf(text, 'put')!.every((lemma) => lemma === 'put'),
        text,
      );
  });
});
