import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createAnnotationStore } from '../../src/core/annotations/store';
import { NO_PARTS } from '../../src/core/annotations/packed';
import { changedText, Edit, inOrder, type TextChange } from '../../src/core/edits';
import type { Span } from '../../src/core/model';

/** A character of the old text, by its offset there, or one that was put in. */
type Cell = { readonly old: number } | { readonly put: string };

const share = fc.double({ min: 0, max: 1, noNaN: true });
const someChanges = fc.array(
  fc.record({ at: share, length: fc.nat(5), text: fc.stringMatching(/^[xyz]{0,3}$/) }),
  { maxLength: 6 },
);
const LENGTH = 40;

/** Changes that do not overlap, from random numbers; two may touch. Those that change nothing are left out. */
function changesIn(
  length: number,
  some: readonly { at: number; length: number; text: string }[],
): readonly TextChange[] {
  let reached = 0;
  return [...some]
    .sort((a, b) => a.at - b.at)
    .flatMap(({ at, length: count, text }) => {
      const start = Math.max(reached, Math.floor(at * length));
      const end = Math.min(length, start + count);
      if (end === start && text === '') return [];
      reached = end;
      return [{ start, end, text }];
    });
}

function apply(cells: readonly Cell[], changes: readonly TextChange[]): readonly Cell[] {
  const after = [...cells];
  for (const { start, end, text } of inOrder(changes, cells.length).toReversed())
    after.splice(start, end - start, ...[...text].map((put): Cell => ({ put })));
  return after;
}

const oldCells = (): readonly Cell[] => Array.from({ length: LENGTH }, (_, old): Cell => ({ old }));
const placeOf = (cells: readonly Cell[], old: number): number =>
  cells.findIndex((cell) => 'old' in cell && cell.old === old);
const oldIn = (cells: readonly Cell[], { start, end }: Span): number[] =>
  cells.slice(start, end).flatMap((cell) => ('old' in cell ? [cell.old] : []));

/** One edit that does what cells tell was done to the old text. */
function composed(cells: readonly Cell[]): Edit {
  const changes: TextChange[] = [];
  let [start, text] = [0, ''];
  const close = (end: number): void => {
    if (end > start || text !== '') changes.push({ start, end, text });
    [start, text] = [end + 1, ''];
  };
  for (const cell of cells) {
    if ('old' in cell) close(cell.old);
    else text += cell.put;
  }
  close(LENGTH);
  return new Edit(changes, LENGTH);
}

const everySpan = Array.from({ length: LENGTH }, (_, start) =>
  [1, 2, 4].flatMap((size) => (start + size <= LENGTH ? [{ start, end: start + size }] : [])),
).flat();

describe('an edit', () => {
  it('moves spans with the characters in them and beside them', () => {
    fc.assert(
      fc.property(someChanges, (some) => {
        const changes = changesIn(LENGTH, some);
        const edit = new Edit(changes, LENGTH);
        const cells = apply(oldCells(), changes);
        for (const span of everySpan) {
          const { start, end } = span;
          const isTouched = changes.some((one) => one.start <= end && one.end >= start);
          const isCut = changes.some((one) => one.start < end && one.end > start);
          const place = placeOf(cells, start);
          const moved = { start: place, end: place + end - start };
          assert.equal(edit.touches(span), isTouched);
          assert.deepEqual(edit.untouched(span), isTouched ? undefined : moved);
          assert.deepEqual(edit.uncut(span), isCut ? undefined : moved);
          assert.equal(
            edit.touches(span, 3),
            changes.some((one) => one.start <= end + 3 && one.end >= start - 3),
          );
          const grown = edit.grown(span);
          const kept = cells.flatMap((cell) => ('old' in cell ? [cell.old] : []));
          assert.deepEqual(
            oldIn(cells, grown),
            kept.filter((old) => start <= old && old < end),
          );
          const put = edit.changes
            .filter((one) => one.start <= end && one.end >= start)
            .map(({ text }) => text)
            .join('');
          const found = cells.slice(grown.start, grown.end);
          assert.equal(found.map((cell) => ('put' in cell ? cell.put : '')).join(''), put);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('moves spans as the store moves annotations, thousands at once', () => {
    fc.assert(
      fc.property(fc.array(share, { maxLength: 4 }), someChanges, (cuts, some) => {
        // Words of two characters, each with a space behind it, in stretches that end anywhere between words.
        const words = Array.from({ length: 13 }, (_, i) => ({ start: 3 * i, end: 3 * i + 2 }));
        const ends = [...new Set([...cuts.map((cut) => 3 * Math.ceil(cut * 13)), LENGTH])].sort(
          (a, b) => a - b,
        );
        const store = createAnnotationStore();
        store.open('key', 1);
        ends.forEach((end, i) => {
          const start = ends[i - 1] ?? 0;
          const own = words.filter((word) => word.start >= start && word.end <= end);
          store.add('key', 1, [
            {
              start,
              end,
              words: Int32Array.from(
                own.flatMap((word) => [word.start - start, word.end - start, 0, 1, -1, 0, 0]),
              ),
              candidates: new Float32Array(6),
              parts: NO_PARTS,
            },
          ]);
        });
        const changes = changesIn(LENGTH, some);
        const edit = new Edit(changes, LENGTH);
        store.edit('key', { version: 2, changes });
        assert.deepEqual(
          store
            .get('key')!
            .between(0, 1e9)
            .map(({ start, end }) => ({ start, end })),
          words.flatMap((word) => edit.untouched(word) ?? []),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('moves through two edits as through both in one, where what it means is the same', () => {
    fc.assert(
      fc.property(someChanges, someChanges, (some, more) => {
        const first = changesIn(LENGTH, some);
        const between = apply(oldCells(), first);
        const second = changesIn(between.length, more);
        const cells = apply(between, second);
        const [one, two] = [new Edit(first, LENGTH), new Edit(second, between.length)];
        const both = composed(cells);
        for (const span of everySpan) {
          const [untouched, uncut] = [one.untouched(span), one.uncut(span)];
          const [thenUntouched, thenUncut] = [
            untouched && two.untouched(untouched),
            uncut && two.uncut(uncut),
          ];
          // Text that the first edit puts in and the second one deletes is not in the combined edit.
          if (thenUntouched) assert.deepEqual(both.untouched(span), thenUntouched);
          if (thenUncut) assert.deepEqual(both.uncut(span), thenUncut);
          assert.deepEqual(oldIn(cells, two.grown(one.grown(span))), oldIn(cells, both.grown(span)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('joins changes that touch, in any order, and gives the same text', () => {
    const text = 'one two six ten';
    const changes = [
      { start: 4, end: 8, text: 'B' },
      { start: 4, end: 4, text: 'A' },
      { start: 12, end: 15, text: '' },
    ];
    const edit = new Edit(changes, text.length);
    assert.deepEqual(edit.changes, [
      { start: 4, end: 8, text: 'AB' },
      { start: 12, end: 15, text: '' },
    ]);
    assert.equal(changedText(text, edit.changes), 'one ABsix ');
  });

  it('refuses changes that overlap or lie outside the text', () => {
    const overlapping = [
      { start: 0, end: 3, text: '' },
      { start: 2, end: 4, text: '' },
    ];
    assert.throws(() => new Edit(overlapping, 10), /Change 2-4 overlaps another or lies outside the text/);
    assert.throws(() => new Edit([{ start: 9, end: 11, text: '' }], 10), RangeError);
  });
});
