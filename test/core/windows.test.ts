import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alignSpans, packWindows } from '../../src/core/vectors/windows';
import type { Span } from '../../src/core/model';
import type { WordPieces } from '../../src/core/vectors/wordPieces';

/** Sentences of so many one-letter words, one piece each: "a a a a". */
function sample(...lengths: number[]): { pieces: WordPieces; sentences: Span[]; words: Span[] } {
  const words: Span[] = [];
  const sentences = lengths.map((length) => {
    const start = words.length * 2;
    for (let i = 0; i < length; i++) words.push({ start: start + i * 2, end: start + i * 2 + 1 });
    return { start, end: start + length * 2 - 1 };
  });
  const pieces = {
    ids: words.map(() => 1000),
    starts: words.map(({ start }) => start),
    ends: words.map(({ end }) => end),
  };
  return { pieces, sentences, words };
}

const windowsOf = (maxPieces: number, ...lengths: number[]): number[][] => {
  const { pieces, sentences } = sample(...lengths);
  return packWindows(pieces, sentences, maxPieces).map(({ from, to }) => [from, to]);
};

describe('windows', () => {
  it('packs whole sentences from the start of the paragraph', () => {
    assert.deepEqual(windowsOf(12, 4, 4, 4), [
      [0, 8],
      [8, 12],
    ]);
    assert.deepEqual(windowsOf(12, 10), [[0, 10]]);
    assert.deepEqual(windowsOf(12), []);
  });

  it('reads a longer sentence in windows that overlap by half', () => {
    assert.deepEqual(windowsOf(12, 3, 22, 3), [
      [0, 3],
      [3, 13],
      [8, 18],
      [13, 23],
      [18, 25],
      [25, 28],
    ]);
  });

  it('takes a word from the window that shows more of its context', () => {
    const { pieces, sentences, words } = sample(22);
    const windows = packWindows(pieces, sentences, 12);
    const ranges = alignSpans(words, pieces, windows);
    for (const [i, range] of ranges.entries()) {
      const { from, to } = windows[range!.window]!;
      assert.equal(from + range!.from, i);
      const middle = i >= 5 && i < 17;
      if (middle)
        assert.ok(Math.min(i - from, to - 1 - i) >= 2, `word ${i} stands near the edge of its window`);
    }
  });

  it('drops no word and keeps each window in bounds, whatever the sentences', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 4, max: 20 }), (sizes, maxPieces) => {
        const { pieces, sentences, words } = sample(...sizes);
        const windows = packWindows(pieces, sentences, maxPieces);
        for (const { from, to } of windows) assert.ok(to > from && to - from <= maxPieces - 2);
        alignSpans(words, pieces, windows).forEach((range, i) => {
          assert.ok(range, `word ${i} has no window`);
          assert.equal(windows[range.window]!.from + range.from, i);
          assert.equal(range.to - range.from, 1);
        });
        // A piece is read twice only in a sentence too long for one window.
        const read = windows.reduce((sum, { from, to }) => sum + to - from, 0);
        if (sizes.every((size) => size <= maxPieces - 2)) assert.equal(read, words.length);
      }),
    );
  });

  it('gives no range to a span without pieces', () => {
    const { pieces, sentences } = sample(3);
    const windows = packWindows(pieces, sentences, 12);
    assert.deepEqual(alignSpans([{ start: 1, end: 2 }], pieces, windows), [undefined]);
  });
});
