import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PartOfSpeech } from '../../src/core/model';
import type { Lexicon } from '../../src/core/language';
import { baseForms, lemmasOf, normaliseForm } from '../../src/languages/english/lemmas';
import { wordnet } from '../support/artifacts';

/** Form, part of speech (n, v, a, r) and the lemmas expected, in order. */
const TABLE = `
dogs             n dog
dog              n dog
Dogs             n dog
buses            n bus
boxes            n box
waltzes          n waltz
churches         n church
dishes           n dish
women            n woman
firemen          n fireman
ponies           n pony
children         n child
mice             n mouse
geese            n goose
leaves           n leaf leave
axes             n ax axis
data             n datum data
glasses          n glasses glass
glass            n glass
boss             n boss
us               n us
forest           n forest
boxesful         n boxful
spoonsful        n spoonful
mouthfuls        n mouthful
news             n news
mothers-in-law   n mother-in-law
mothers_in_law   n mother-in-law
passers-by       n passer-by
runners-up       n runner-up
men-of-war       n man-of-war
courts-martial   n court-martial
attorneys_general n attorney_general
coats_of_arms    n coat_of_arms
drawing-rooms    n drawing_room
post_offices     n post_office
teen-agers       n teenager
to-morrow        n tomorrow
Mr.              n mr.
U.S.             n u.s.
U.S              n u.s.
dog.             n dog
U.N.E.S.C.O.     n unesco
café             n cafe
NAÏVETÉ          n naivete
running          v run
runs             v run
flies            v fly
hoped            v hope
hopping          v hop
hoping           v hope
hopes            v hope
rates            v rate
staring          v stare
bathed           v bath bathe
bathes           v bathe
singing          v sing singe
goes             v go
passes           v pass
quitting         v quit
added            v add
boxed            v box
baked            v bake
looked           v look
watches          v watch
found            v find found
left             v leave
lay              v lie lay
saw              v see saw
was              v be
is               v be
has              v have
lying            v lie
dying            v die
ground           v grind ground
felt             v feel felt
took_place       v take_place
Took place       v take_place
looked_up        v look_up
taking_place     v take_place
kow-towed        v kowtow
court-martialled v court-martial
co-opted         v co-opt
happier          a happy
happiest         a happy
larger           a larger large
finest           a fine
better           a good well better
forest           a
well-known       a well-known
well_known       a well-known
mediæval         a mediaeval
better           r well better
best             r well best
quickly          r quickly
of_course        r of_course
o’clock          r o'clock
a.m              r a.m.
dogs             v dog
dogs             r
the              n
anyone_one       n
`;

const PARTS: Readonly<Record<string, PartOfSpeech>> = { n: 'noun', v: 'verb', a: 'adj', r: 'adv' };

describe('lemmas: Morphy over WordNet', () => {
  for (const line of TABLE.trim().split('\n')) {
    const [, form = '', letter = '', rest = ''] = /^(.*?)\s+([nvar])\b\s*(.*)$/.exec(line) ?? [];
    const expected = rest === '' ? [] : rest.split(' ');
    it(`${form} (${letter}) is ${expected.join(', ') || 'nothing'}`, () => {
      const found = wordnet().lemmas(form, PARTS[letter]);
      assert.deepEqual(
        found.map(({ lemma }) => lemma),
        expected,
      );
    });
  }

  it('keeps words apart that are written apart', () => {
    assert.deepEqual(wordnet().lemmas('a long'), []);
    assert.deepEqual(wordnet().lemmas('any_one'), []);
  });

  it('takes another spelling only when the one given is unknown', () => {
    assert.deepEqual(
      wordnet()
        .lemmas('co-op')
        .map(({ lemma }) => lemma),
      ['co-op'],
    );
  });
});

describe('lemmas: the rules', () => {
  /** A lexicon that has these words only, as any part of speech. */
  const lexicon = (words: string, exceptions: Readonly<Record<string, readonly string[]>> = {}): Lexicon => ({
    isLemma: (form) => words.split(' ').includes(form),
    exceptions: (form) => exceptions[form] ?? [],
  });

  it('puts exceptions first, then the form itself, and detaches nothing more', () => {
    const words = lexicon('axis axes axe', { axes: ['axis'] });
    assert.deepEqual(baseForms('axes', 'noun', words), ['axis', 'axes']);
  });

  it('detaches after all when no base of the exception list is a lemma', () => {
    assert.deepEqual(baseForms('co-opts', 'verb', lexicon('co-opt', { 'co-opts': ['coopt'] })), ['co-opt']);
    assert.deepEqual(baseForms('forest', 'adj', lexicon('fore', { forest: ['forest'] })), []);
  });

  it('puts the form itself before what is detached from it', () => {
    assert.deepEqual(baseForms('glasses', 'noun', lexicon('glass glasses')), ['glasses', 'glass']);
  });

  it('gives no base that is not a lemma', () => {
    assert.deepEqual(baseForms('geese', 'noun', lexicon('dog', { geese: ['goose'] })), []);
  });

  it('gives no lemma twice', () => {
    assert.deepEqual(baseForms('men', 'noun', lexicon('man', { men: ['man', 'man'] })), ['man']);
    assert.deepEqual(baseForms('big-hats', 'noun', lexicon('big-hat hat')), ['big-hat']);
  });

  it('takes any word of a collocation to its bases, or several', () => {
    const words = lexicon('take look turn page take_a_look look_up page_turn');
    assert.deepEqual(baseForms('takes_a_look', 'verb', words), ['take_a_look']);
    assert.deepEqual(baseForms('pages_turns', 'noun', words), ['page_turn']);
  });

  it('stops at a bounded number of combinations', () => {
    const words: Lexicon = { isLemma: (form) => form.length < 9, exceptions: () => [] };
    assert.deepEqual(baseForms(Array(20).fill('taking').join('_'), 'verb', words), []);
  });

  it('writes forms as WordNet does', () => {
    assert.equal(normaliseForm('  New\u00a0York '), 'new_york');
    assert.equal(normaliseForm('O\u2019Neill'), "o'neill");
    assert.equal(normaliseForm('well\u2011known'), 'well-known');
    assert.equal(normaliseForm('Ph\u0153nix'), 'phoenix');
    assert.equal(normaliseForm('x'.repeat(101)), '');
  });

  it('takes marks from Latin letters and from no others', () => {
    assert.equal(normaliseForm('Café æon naïve Ǻ'), 'cafe_aeon_naive_a');
    assert.equal(normaliseForm('Йод ещё'), 'йод_ещё');
    assert.equal(normaliseForm('が ά'), 'が_ά');
    const latin = fc.stringMatching(/^[\p{Script=Latin}\u0300-\u036f '’.-]{0,20}$/u);
    const folded = (form: string): string =>
      form
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .replace(/[\u2018\u2019\u02bc]/g, "'")
        .replace(/æ/g, 'ae')
        .replace(/œ/g, 'oe')
        .trim()
        .replace(/\s+/g, '_');
    fc.assert(fc.property(latin, (form) => normaliseForm(form) === folded(form)));
  });

  it('finds nothing for an empty or blank form', () => {
    const anything: Lexicon = { isLemma: () => true, exceptions: () => [] };
    for (const form of ['', ' ', '\n']) assert.deepEqual(lemmasOf(form, anything), []);
  });
});
