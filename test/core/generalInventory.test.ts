import assert from 'node:assert/strict';
import fc from 'fast-check';
import { normaliseForm } from '../../src/core/language';
import { openInventory } from '../../src/core/senses/inventory';
import { packInventory } from '../../src/core/senses/packInventory';
import { ENGLISH } from '../../src/languages/english/language';
import { sha256 } from '../../src/node/files/files';
import { wordnetBytes } from '../support/artifacts';
import { EDGE, openTinyRussian, TINY_RUSSIAN, tinyRussianInventory } from '../support/tinyRussian';

describe('an inventory of any language', () => {
  const inventory = openTinyRussian();
  const lemmasOf = (form: string): string[] => inventory.lemmas(form).map(({ lemma }) => lemma);

  it('keeps letters apart that only marks tell apart, and finds lemmas by its language', () => {
    assert.deepEqual(lemmasOf('МЁЛ'), ['мести']);
    assert.deepEqual(lemmasOf('мел'), ['мел']);
    // Decomposed, as some systems give it.
    assert.deepEqual(lemmasOf('кра\u0438\u0306'), ['край']);
    assert.deepEqual(lemmasOf('края'), ['край']);
    assert.deepEqual(lemmasOf('кран'), []);
    assert.deepEqual(inventory.irregularForms('ёж', 'noun'), ['ежи', 'ежа']);
    assert.deepEqual([...inventory.multiwords('железная')], [['дорога', ['железная_дорога']]]);
  });

  it('takes any text for a key, and gives each sense by it', () => {
    for (let sense = 0; sense < inventory.senseCount; sense++)
      assert.equal(inventory.find(inventory.key(sense)), sense);
    assert.equal(inventory.find('край · 3'), undefined);
    assert.equal(inventory.find(''), undefined);
    assert.throws(() => inventory.key(inventory.senseCount), RangeError);
  });

  it('describes a sense, with a supersense where its synset has one', () => {
    const [border, region] = inventory.senses('край', 'noun');
    assert.deepEqual(inventory.describe(border!), {
      id: border,
      key: EDGE.border,
      lemma: 'край',
      partOfSpeech: 'noun',
      gloss: 'предельная линия',
      examples: ['край стола'],
      synonyms: [],
    });
    assert.equal(inventory.describe(region!).supersense, 'место');
    const [above] = inventory.hypernyms(inventory.synset(region!));
    assert.equal(inventory.synsetGloss(above!).gloss, 'часть поверхности');
    const [river] = inventory.senses('ёлка', 'noun');
    assert.equal(inventory.describe(river!).lemma, 'Ёлка');
    assert.ok(inventory.isCapitalised(river!));
    assert.equal(inventory.isCapitalised(border!), false);
  });

  it('is refused when damaged, or opened as another language', () => {
    assert.throws(() => openInventory(tinyRussianInventory(), ENGLISH), /its language is ru.* en/);
    const bytes = tinyRussianInventory();
    bytes[bytes.length - 20]! ^= 1;
    assert.throws(() => openInventory(bytes, TINY_RUSSIAN, sha256), /sense inventory.*checksum/);
    assert.throws(() => openInventory(bytes.subarray(0, 600), TINY_RUSSIAN), /cut short/);
    // WordNet's own format names its kind.
    const foreign = wordnetBytes().slice();
    assert.doesNotThrow(() => openInventory(foreign, ENGLISH));
  });

  it('cannot be packed with a key that is there twice, a sense without lemma, or one without synset', () => {
    const pack = (senses: Parameters<typeof packInventory>[0]['senses']): Uint8Array =>
      packInventory(
        {
          ...{ language: TINY_RUSSIAN, edition: '1', licence: '', senses },
          synsets: [{ partOfSpeech: 'noun', gloss: '' }],
        },
        sha256,
      );
    const sense = { key: 'a', spelling: 'а', synset: 0 };
    assert.throws(() => pack([sense, { ...sense, spelling: 'б' }]), /key a/);
    assert.throws(() => pack([{ ...sense, spelling: ' ' }]), /no lemma/);
    assert.throws(() => pack([{ ...sense, synset: 1 }]), /no synset/);
  });

  it('finds every lemma and key of any alphabet, in the order they were given', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 });
    const usable = word.filter((text) => normaliseForm(text) !== '');
    fc.assert(
      fc.property(fc.uniqueArray(usable, { minLength: 1, maxLength: 20 }), (words) => {
        const language = { ...TINY_RUSSIAN, lemmasOf: () => [] };
        const opened = openInventory(
          packInventory(
            {
              ...{ language, edition: '1', licence: '' },
              synsets: words.map((gloss, i) => ({ partOfSpeech: i % 2 ? 'noun' : 'adv', gloss })),
              senses: words.map((spelling, synset) => ({ key: `${spelling}!`, spelling, synset })),
            },
            sha256,
          ),
          language,
          sha256,
        );
        words.forEach((spelling, i) => {
          const sense = opened.find(`${spelling}!`)!;
          const lemma = normaliseForm(spelling);
          assert.equal(opened.lemma(sense), lemma);
          const partOfSpeech = i % 2 ? 'noun' : 'adv';
          assert.equal(opened.partOfSpeech(sense), partOfSpeech);
          const own = words.filter((other, k) => k % 2 === i % 2 && normaliseForm(other) === lemma);
          assert.deepEqual(
            opened.senses(lemma, partOfSpeech).map((one) => opened.key(one)),
            own.map((other) => `${other}!`),
          );
        });
      }),
    );
  });
});
