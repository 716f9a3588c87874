import assert from 'node:assert/strict';
import {
  createProjectInventory,
  type ProjectInventory,
  projectKey,
} from '../../src/core/project/projectInventory';
import { createTagger } from '../../src/languages/english/tagger';
import { findWords } from '../../src/languages/english/words';
import type { Word } from '../../src/core/languagePack';
import { ENGLISH } from '../../src/languages/english/language';
import { wordnet } from '../support/artifacts';
import { projectSense } from '../support/projectSense';

describe('the inventory of a project', () => {
  const base = wordnet();
  const tagger = createTagger();
  let inventory: ProjectInventory;

  beforeEach(() => {
    inventory = createProjectInventory(base);
  });

  const wordsOf = (text: string): readonly Word[] =>
    tagger.tag(text).flatMap((sentence) => findWords(sentence, text, inventory, 'reader').words);

  it('is WordNet where the project has no senses', () => {
    assert.deepEqual(inventory.lemmas('banks'), base.lemmas('banks'));
    assert.deepEqual(inventory.senses('bank', 'noun'), base.senses('bank', 'noun'));
    assert.deepEqual(
      wordsOf('The kestrelship sailed.').map(({ text }) => text),
      ['sailed'],
    );
  });

  it('knows a word that WordNet lacks, in its inflected forms, and a unit of several words', () => {
    inventory.take([
      projectSense(0, 'kestrelship'),
      projectSense(1, 'model drift'),
      projectSense(2, 'zorbify', { partOfSpeech: 'verb' }),
    ]);
    const text = 'Two kestrelships met, and the model drifts were zorbified; it zorbifies.';
    const own = wordsOf(text).filter(({ lemmas }) =>
      lemmas.some(({ senses }) => senses.some((id) => inventory.isOwn(id))),
    );
    assert.deepEqual(
      own.map((word) => [word.text, word.lemmas[0]?.lemma]),
      [
        ['kestrelships', 'kestrelship'],
        ['model drifts', 'model_drift'],
        ['zorbified', 'zorbify'],
        ['zorbifies', 'zorbify'],
      ],
    );
  });

  it('keeps a name to its capital', () => {
    inventory.take([projectSense(0, 'Kestrel')]);
    const ofName = (text: string): boolean =>
      wordsOf(text).some(({ lemmas }) =>
        lemmas.some(({ senses }) => senses.some((id) => inventory.isOwn(id))),
      );
    assert.ok(ofName('At dawn the Kestrel came alongside.'));
    assert.equal(ofName('At dawn a kestrel hovered.'), false);
  });

  it('puts a sense beside, before or in the place of those of WordNet', () => {
    const theirs = base.senses('bank', 'noun');
    const own = base.senseCount;
    inventory.take([projectSense(0, 'bank')]);
    assert.deepEqual(inventory.senses('bank', 'noun'), [...theirs, own]);
    assert.equal(inventory.isAbove(own), false);
    inventory.take([projectSense(0, 'bank', { wordnet: 'below' })]);
    assert.deepEqual(inventory.senses('bank', 'noun'), [own, ...theirs]);
    assert.ok(inventory.isAbove(own));
    inventory.take([projectSense(0, 'bank', { wordnet: 'hidden' })]);
    assert.deepEqual(inventory.senses('bank', 'noun'), [own]);
    assert.deepEqual(
      inventory.lemmas('bank').map(({ senses }) => senses),
      [[own]],
    );
  });

  it('finds a sense by its key, also one that was taken away and may still be shown', () => {
    const kestrel = projectSense(0, 'Kestrel Mark II', {
      definition: 'a ship',
      examples: ['The Kestrel Mark II sank.'],
    });
    inventory.take([kestrel]);
    const id = inventory.find(projectKey(kestrel, ENGLISH));
    assert.equal(id, base.senseCount);
    assert.equal(base.find(projectKey(kestrel, ENGLISH)), undefined);
    inventory.take([]);
    assert.deepEqual(inventory.describe(inventory.find(projectKey(kestrel, ENGLISH))!), {
      id,
      key: 'kestrel_mark_ii%own:noun:own',
      lemma: 'Kestrel_Mark_II',
      partOfSpeech: 'noun',
      gloss: 'a ship',
      examples: ['The Kestrel Mark II sank.'],
      synonyms: [],
      supersense: 'noun.Tops',
    });
    assert.deepEqual(inventory.lemmas('kestrel mark ii'), []);
    assert.throws(() => inventory.describe(base.senseCount + 7), RangeError);
  });
});
