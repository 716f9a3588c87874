import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Anchors, createAnchors as createUnsettled } from '../../src/core/corrections/anchors';
import { type Correction, quoteOf, standsAt } from '../../src/core/corrections/correction';
import { changedText, Edit, inOrder, type TextChange } from '../../src/core/edits';

const correctionAt = (text: string, word: string, id: string, from = 0): Correction => {
  const start = text.indexOf(word, from);
  assert.ok(start >= 0);
  const quote = quoteOf(text, { start, end: start + word.length });
  return { ...quote, id, document: 'a.md', sense: `${word}%1:00:00::`, passage: word, at: 0 };
};

function createAnchors(text: string, corrections: readonly Correction[]): Anchors {
  const anchors = createUnsettled(text, corrections);
  settle(anchors, text);
  return anchors;
}

function settle(anchors: Anchors, text: string): void {
  while (anchors.settle(text));
}

/** The words that anchored corrections stand on, by id; `undefined` for a lost one. */
function placesOf(anchors: Anchors): Map<string, number | undefined> {
  return new Map(anchors.all.map(({ correction, span }) => [correction.id, span?.start]));
}

function edit(anchors: Anchors, text: string, changes: readonly TextChange[]): string {
  const sorted = inOrder(changes, text.length);
  const after = changedText(text, sorted);
  anchors.edit(new Edit(changes, text.length));
  settle(anchors, after);
  return after;
}

const replace = (text: string, old: string, by: string): TextChange => {
  const start = text.indexOf(old);
  assert.ok(start >= 0);
  return { start, end: start + old.length, text: by };
};

const share = fc.double({ min: 0, max: 1, noNaN: true });
const piece = fc.stringMatching(/^(?:[abc]{1,3}| |\. ){0,4}$/);
const edits = fc.array(
  fc.array(fc.record({ at: share, length: fc.nat(12), text: piece }), { minLength: 1, maxLength: 3 }),
  { maxLength: 8 },
);
/** Mostly short words of few letters, so that the same word stands in many places. */
const prose = fc
  .array(fc.stringMatching(/^[abc]{1,3}$/), { minLength: 5, maxLength: 60 })
  .map((words) => words.join(' '));

/** Changes that do not overlap, from random numbers. */
function changesIn(
  text: string,
  some: readonly { at: number; length: number; text: string }[],
): readonly TextChange[] {
  let reached = 0;
  return [...some]
    .sort((a, b) => a.at - b.at)
    .flatMap(({ at, length, text: by }) => {
      const start = Math.floor(at * text.length);
      const end = Math.min(text.length, start + length);
      if (start < reached) return [];
      reached = end + 1;
      return [{ start, end, text: by }];
    });
}

/** The changes that undo changes, in the offsets of the text after these. */
function inverse(text: string, changes: readonly TextChange[]): readonly TextChange[] {
  let distance = 0;
  return inOrder(changes, text.length).map(({ start, end, text: by }) => {
    const from = start + distance;
    distance += by.length - (end - start);
    return { start: from, end: from + by.length, text: text.slice(start, end) };
  });
}

describe('anchors of corrections', () => {
  it('stand on their word or are lost, after any edits', () => {
    fc.assert(
      fc.property(prose, fc.array(share, { minLength: 1, maxLength: 5 }), edits, (text, places, steps) => {
        const words = [...text.matchAll(/[abc]+/g)];
        const corrections = places.map((place, i) => {
          const { 0: word, index } = words[Math.floor(place * (words.length - 1))]!;
          return correctionAt(text, word, `${i}`, index);
        });
        const anchors = createAnchors(text, corrections);
        let now = text;
        for (const step of steps) {
          now = edit(anchors, now, changesIn(now, step));
          assert.equal(anchors.all.length, corrections.length);
          for (const { correction, span } of anchors.all) {
            const { word } = corrections[Number(correction.id)]!;
            assert.equal(correction.word, word);
            if (!span) continue;
            assert.ok(standsAt(now, word, span.start));
            assert.equal(span.end - span.start, word.length);
            assert.deepEqual(quoteOf(now, span), {
              word,
              before: correction.before,
              after: correction.after,
              offset: correction.offset,
            });
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('come back to their words when all edits are undone', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }), edits, (numbers, steps) => {
        // All words other than "bank" are replaced.
        const text = Array.from({ length: 41 }, (_, i) => `bank word${i} next${i}`).join(', ');
        const corrections = numbers.map((n, i) =>
          correctionAt(text, 'bank', `${i}`, text.indexOf(`word${n} `) - 5),
        );
        const anchors = createAnchors(text, corrections);
        const before = placesOf(anchors);
        const undo: (readonly TextChange[])[] = [];
        let now = text;
        for (const step of steps) {
          const changes = changesIn(now, step);
          undo.push(inverse(now, changes));
          now = edit(anchors, now, changes);
        }
        for (const changes of undo.reverse()) now = edit(anchors, now, changes);
        assert.equal(now, text);
        assert.deepEqual(placesOf(anchors), before);
      }),
      { numRuns: 500 },
    );
  });

  it('follow a word through edits right beside it', () => {
    let text = 'He sat on the bank of the river.';
    const anchors = createAnchors(text, [correctionAt(text, 'bank', 'a')]);
    text = edit(anchors, text, [replace(text, 'the bank', 'the muddy bank')]);
    assert.equal(placesOf(anchors).get('a'), text.indexOf('bank'));
    text = edit(anchors, text, [{ start: text.indexOf('bank'), end: text.indexOf('bank'), text: '“' }]);
    assert.equal(placesOf(anchors).get('a'), text.indexOf('bank'));
    text = edit(anchors, text, [replace(text, 'bank of', 'banks of')]);
    assert.equal(placesOf(anchors).get('a'), undefined);
    text = edit(anchors, text, [replace(text, 'banks of', 'bank of')]);
    assert.equal(placesOf(anchors).get('a'), text.indexOf('bank'));
  });

  it('go with a passage that is cut and pasted elsewhere', () => {
    const first = 'She put her money in the bank and went home.';
    const rest = Array.from({ length: 30 }, (_, i) => `Line ${i} has no such word.`).join('\n');
    let text = `${first}\n${rest}\n`;
    const anchors = createAnchors(text, [correctionAt(text, 'bank', 'a')]);
    text = edit(anchors, text, [{ start: 0, end: first.length + 1, text: '' }]);
    assert.equal(placesOf(anchors).get('a'), undefined);
    text = edit(anchors, text, [{ start: text.length, end: text.length, text: first }]);
    assert.equal(placesOf(anchors).get('a'), text.indexOf('bank'));
  });

  it('do not go over to another use of the word', () => {
    const text = 'She left the bank and walked to the bank by the river, where the bank was steep.';
    const anchors = createAnchors(text, [correctionAt(text, 'bank', 'a')]);
    edit(anchors, text, [replace(text, ' bank and', ' and')]);
    assert.deepEqual(placesOf(anchors), new Map([['a', undefined]]));
  });

  it('are found again in a text that another program changed, or are lost', () => {
    const text =
      'A boat reached the bank of the wide river.\n\nShe put her money in the bank, though a loan is dear.';
    const corrections = [
      correctionAt(text, 'bank', 'river'),
      correctionAt(text, 'bank', 'money', text.indexOf('money')),
    ];
    const moved = `${'Another paragraph comes first. '.repeat(20)}\n\n${text}`;
    const anchors = createAnchors(moved, corrections);
    assert.deepEqual(
      placesOf(anchors),
      new Map([
        ['river', moved.indexOf('bank')],
        ['money', moved.lastIndexOf('bank')],
      ]),
    );
    const rewritten = 'A boat reached the bank of the very wide river.\n\nShe put her gold under the bed.';
    assert.deepEqual(
      placesOf(createAnchors(rewritten, corrections)),
      new Map([
        ['river', rewritten.indexOf('bank')],
        ['money', undefined],
      ]),
    );
  });
});
