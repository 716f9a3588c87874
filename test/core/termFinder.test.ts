import assert from 'node:assert/strict';
import { createTermFinder } from '../../src/core/project/termFinder';
import type { Language } from '../../src/core/language';
import { PARTS_OF_SPEECH } from '../../src/core/model';
import { ENGLISH } from '../../src/languages/english/language';

/** What is found of some terms, as it is written in the text. */
function found(text: string, ...words: string[]): string[] {
  const terms = words.map((word) => ({ word, lemma: word, partsOfSpeech: PARTS_OF_SPEECH }));
  return createTermFinder(terms, ENGLISH)
    .find(text)
    .map(({ start, end }) => text.slice(start, end));
}

describe('the finder of terms', () => {
  it('finds a term whole, as its own edges are', () => {
    assert.deepEqual(found('C++, C and C#; C+++ and C++17.', 'C++'), ['C++']);
    assert.deepEqual(found('C++, C, C# and (C).', 'C'), ['C', 'C']);
    assert.deepEqual(found('.NET and ASP.NET, but NET!', 'NET'), ['NET', 'NET']);
    assert.deepEqual(found('.NET and ASP.NET, but NET!', '.NET'), ['.NET']);
    assert.deepEqual(found('Node, Node.js and node_modules.', 'Node'), ['Node']);
    assert.deepEqual(found('start, art, arty, big_art and _art_.', 'art'), ['art', 'art']);
    assert.deepEqual(found('AT&T has R&D.', 'R', 'T', 'D', 'AT&T'), ['AT&T']);
    assert.deepEqual(found('AI-based, AI/ML, AI’s, “AI”.', 'AI'), ['AI', 'AI', 'AI', 'AI']);
  });

  it('takes the longest of several, and goes on behind it', () => {
    assert.deepEqual(found('a warp core breach, a warp core', 'warp', 'warp core', 'core', 'core breach'), [
      'warp core',
      'warp core',
    ]);
    assert.deepEqual(found('warp corridor', 'warp', 'warp core'), ['warp']);
  });

  it('takes line breaks, hyphens and accents as texts have them', () => {
    assert.deepEqual(found('warp\n  core, warp-core, warp. Core', 'warp core'), [
      'warp\n  core',
      'warp-core',
    ]);
    assert.deepEqual(found('x-ray, x ray', 'X-ray'), ['x-ray']);
    assert.deepEqual(found('Cafe Nord, Café Nord, Cafe\u0301 Nord', 'Café Nord').length, 3);
    assert.deepEqual(found("O’Brien, O'Brien", "O'Brien").length, 2);
  });

  it('inflects the last word', () => {
    assert.deepEqual(
      found('I/O requests, 3Ds, git pushed, kestrels', 'I/O request', '3D', 'git push', 'kestrel'),
      ['I/O requests', '3Ds', 'git pushed', 'kestrels'],
    );
    assert.deepEqual(found('requestses, kestrelly', 'request', 'kestrel'), []);
  });

  it('costs no more for a thousand terms', () => {
    const text = 'acme pump number of the old acme yard, '.repeat(500);
    const terms = Array.from({ length: 1000 }, (_, i) => `acme pump number ${i}`);
    const steps = (words: readonly string[]): number => {
      let asked = 0;
      const language: Language = {
        ...ENGLISH,
        lemmasOf: (form, lexicon) =>
          ENGLISH.lemmasOf(form, {
            exceptions: (...base) => lexicon.exceptions(...base),
            isLemma: (...base) => (asked++, lexicon.isLemma(...base)),
          }),
      };
      const sought = words.map((word) => ({ word, lemma: word, partsOfSpeech: ['noun'] as const }));
      const finder = createTermFinder(sought, language);
      asked = 0;
      finder.find(text);
      return asked;
    };
    const one = steps(terms.slice(0, 1));
    assert.ok(one > 1000);
    assert.equal(steps(terms), one);
  });
});
