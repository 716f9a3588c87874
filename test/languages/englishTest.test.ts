import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  createEnglishTest,
  type EnglishTest,
  isEnglish,
  type LanguageScores,
} from '../../src/languages/english/englishTest';
import { readProse } from '../../src/core/prose/prose';

const ENGLISH = [
  'It is not down in any map; true places never are.',
  '“’Hind de hatchway, Massa, I tink he go dere wid de oder.”',
  'Wall, sir, ye be a-goin’ ter see th’ old whale yerself afore long.',
  'Whan that Aprille with his shoures soote the droghte of Marche hath perced to the roote',
  'Thou still unravish’d bride of quietness, thou foster-child of silence and slow time',
  'Prince Andréi and Natásha Rostóva met at Otrádnoe.',
  'Dark. Cold. Rain.',
  'Amazing!',
];

const FOREIGN = [
  'La porte s’ouvrit lentement et le vieil homme entra sans dire un mot.',
  'Je ne sais pas si elle reviendra demain, mais nous l’attendrons.',
  'Die alte Frau saß am Fenster und blickte auf die verschneite Straße hinaus.',
  'Ich weiß nicht, was ich dazu sagen soll, denn niemand hat mich gefragt.',
  'La casa estaba vacía desde hacía muchos años y nadie quería vivir en ella.',
  'Nemo sapiens est qui sine amicis vivere velit, neque divitiae hominem beatum faciunt.',
  'La vecchia signora guardava dalla finestra la gente che passava per la strada.',
  'De oude vrouw zat voor het raam en keek naar de besneeuwde straat.',
  'Старик медленно вошёл в комнату.',
  'Γιατί όχι;',
  '为什么不呢？',
];

function check(test: EnglishTest): void {
  for (const text of ENGLISH) assert.equal(test(text), true, text);
  for (const text of FOREIGN) assert.equal(test(text), false, text);
}

describe('English', () => {
  it('is recognised by script and frequent words', () => {
    check(isEnglish);
  });

  it('is assumed of headings and short texts in Latin script', () => {
    assert.equal(isEnglish('Die alte Frau und ihr Hund auf der Straße', 'heading'), true);
    assert.equal(isEnglish('Warum nicht?'), true);
    assert.equal(isEnglish('Почему', 'heading'), false);
    assert.equal(isEnglish('1805 — 1812'), true);
    assert.equal(isEnglish(''), true);
  });

  it('asks the detector where words do not decide', () => {
    const asked: string[] = [];
    const scores: LanguageScores = (text) => {
      asked.push(text);
      return { en: 0.2, fi: 0.9 };
    };
    const test = createEnglishTest(scores);
    assert.equal(test('It is not down in any map; true places never are.'), true);
    assert.deepEqual(asked, []);
    assert.equal(test('Vanha mies astui hitaasti huoneeseen ja istui ikkunan viereen.'), false);
    assert.equal(asked.length, 1);
    assert.equal(createEnglishTest(() => ({}))('Vanha mies astui hitaasti huoneeseen.'), true);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof isEnglish(text) === 'boolean'));
  });

  /** Nearly all skipped paragraphs are in other languages: mottoes, French talk, names of translations. */
  const skippedOf = (test: EnglishTest, name: string, path: string): number =>
    readProse(
      gunzipSync(readFileSync(path)).toString('utf8'),
      name.endsWith('.md') ? 'markdown' : 'plain',
    ).filter(({ text, kind }) => !test(text, kind)).length;

  for (const name of ['moby-dick.txt', 'middlemarch.md', 'war-and-peace.txt', 'rust-book.md'])
    it(`is nearly all of ${name}`, function () {
      const path = join('..', 'shared', 'data', 'demo', `${name}.gz`);
      if (!existsSync(path)) {
        console.warn(`SKIPPED: ${path} is missing.`);
        this.skip();
      }
      const skipped = skippedOf(isEnglish, name, path);
      assert.ok(skipped <= 40, String(skipped));
    });

  it('is recognised by the detector package', async () => {
    const { eld } = await import('eld/extrasmall');
    check(createEnglishTest((text) => eld.detect(text).getScores()));
  });
});
