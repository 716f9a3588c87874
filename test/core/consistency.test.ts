import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkConsistency } from '../../src/core/consistency/check';
import { type ConsistencyRules, profileRules } from '../../src/core/consistency/profiles';
import { type ConsistencyWarning, strongestWarnings, warningOf } from '../../src/core/consistency/warnings';
import { movedWarnings } from '../../src/core/consistency/moved';
import { NO_PARTS, packedAnnotation, type PackedAnnotation } from '../../src/core/annotations/packed';
import type { PartOfSpeech, SenseId } from '../../src/core/model';
import { sectionStarts } from '../../src/core/consistency/sections';
import { senseDistance } from '../../src/core/senses/distance';
import { shortGloss } from '../../src/core/consistency/report';
import { Edit } from '../../src/core/edits';
import { packedUse, type Use, usesIn } from '../../src/core/annotations/use';
import { fitted, wordnet } from '../support/artifacts';

const { consistency: thresholds } = fitted.default;
const RULES = profileRules('default', thresholds);
const sense = (key: string): SenseId => wordnet().find(key)!;
const MONEY = sense('bank%1:14:00::');
const SLOPE = sense('bank%1:17:01::');
const FLIGHT = sense('bank%1:04:00::');

/** A use that gives its sense a probability, and the rest to another one. */
function use(start: number, own: SenseId, probability = 0.98, other = own === MONEY ? SLOPE : MONEY): Use {
  return {
    start,
    end: start + 4,
    sense: own,
    candidates: [
      { sense: own, probability, uses: 1 },
      { sense: other, probability: 1 - probability, uses: 1 },
    ],
    isChosen: false,
    isDoubtful: false,
  };
}

function warningFor(uses: readonly Use[], rules: ConsistencyRules = RULES): ConsistencyWarning | undefined {
  const group = { lemma: 'bank', partOfSpeech: 'noun' as PartOfSpeech, uses };
  const warnings = [...warningOf(group, rules, wordnet())].filter((one) => one !== undefined);
  assert.ok(warnings.length <= 1);
  return warnings[0];
}

describe('the consistency warning of a word', () => {
  it('flags the minority and cites the majority', () => {
    const warning = warningFor([use(0, MONEY), use(10, MONEY), use(20, SLOPE), use(30, MONEY)])!;
    assert.deepEqual([warning.start, warning.end], [20, 24]);
    assert.deepEqual([warning.sense, warning.elsewhere], [SLOPE, MONEY]);
    assert.deepEqual([warning.majority, warning.total], [3, 4]);
    assert.deepEqual(
      warning.cited.map(({ start }) => start),
      [0, 10, 30],
    );
    assert.ok(Math.abs(warning.agreement - 2 * 0.98 * 0.02) < 1e-9);
  });

  it('is one, about the surest use, with those alike linked', () => {
    const uses = [use(0, MONEY), use(10, SLOPE, 0.96), use(20, SLOPE, 0.99), use(30, MONEY), use(40, MONEY)];
    const warning = warningFor(uses)!;
    assert.equal(warning.start, 20);
    assert.deepEqual(warning.alike, [{ start: 10, end: 14 }]);
  });

  it('is not given for one use, one sense, or uses that may well agree', () => {
    assert.equal(warningFor([use(0, MONEY)]), undefined);
    assert.equal(warningFor([use(0, MONEY), use(10, MONEY)]), undefined);
    assert.equal(warningFor([use(0, MONEY), use(10, MONEY), use(20, SLOPE, 0.6)]), undefined);
    // The flagged use is sure, but those elsewhere may have its sense too.
    assert.equal(warningFor([use(0, MONEY, 0.9), use(10, MONEY, 0.9), use(20, SLOPE)]), undefined);
  });

  it('cites only uses that surely differ', () => {
    const warning = warningFor([use(0, MONEY), use(10, MONEY, 0.7), use(20, SLOPE), use(30, MONEY)])!;
    assert.deepEqual(
      warning.cited.map(({ start }) => start),
      [0, 30],
    );
    assert.equal(warning.majority, 3);
  });

  it('takes the sense with more probability as the majority of equals', () => {
    assert.equal(warningFor([use(0, MONEY, 0.97), use(10, SLOPE, 0.99)])?.sense, MONEY);
    assert.equal(warningFor([use(0, MONEY, 0.99), use(10, SLOPE, 0.97)])?.sense, SLOPE);
  });

  it('wants senses far apart, and can leave out common words', () => {
    const near = [sense('dog%1:05:00::'), sense('dog%1:18:01::')] as const;
    const distance = senseDistance(near[0], near[1], wordnet());
    const uses = [
      use(0, near[0], 0.98, near[1]),
      use(10, near[0], 0.98, near[1]),
      use(20, near[1], 0.98, near[0]),
    ];
    assert.ok(warningFor(uses, { ...RULES, minimumDistance: distance }));
    assert.equal(warningFor(uses, { ...RULES, minimumDistance: distance + 1 }), undefined);
    const common = uses.map((one) => ({
      ...one,
      candidates: one.candidates.map((candidate) => ({ ...candidate, uses: 60 })),
    }));
    assert.ok(warningFor(common));
    assert.equal(warningFor(common, profileRules('technical', thresholds)), undefined);
  });

  it('never depends on the order of the uses, and cites what stands in the group', () => {
    const someUse = fc
      .tuple(fc.constantFrom(MONEY, SLOPE, FLIGHT), fc.double({ min: 0.5, max: 1, noNaN: true }))
      .map(([own, probability]) => ({ own, probability }));
    fc.assert(
      fc.property(fc.array(someUse, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (some, order) => {
        const uses = some.map(({ own, probability }, i) => use(10 * i, own, probability));
        const warning = warningFor(uses);
        const shuffled = uses
          .map((one) => [one, order.next().value as number] as const)
          .sort(([, a], [, b]) => a - b)
          .map(([one]) => one);
        assert.deepEqual(warningFor(shuffled)?.elsewhere, warning?.elsewhere);
        assert.deepEqual(warningFor(shuffled)?.agreement.toFixed(9), warning?.agreement.toFixed(9));
        if (!warning) return;
        const senseAt = new Map(uses.map((one) => [one.start, one.sense]));
        assert.equal(senseAt.get(warning.start), warning.sense);
        assert.notEqual(warning.sense, warning.elsewhere);
        assert.ok(warning.agreement <= RULES.maximumAgreement);
        for (const { start } of warning.cited) assert.equal(senseAt.get(start), warning.elsewhere);
        for (const { start } of warning.alike) assert.equal(senseAt.get(start), warning.sense);
      }),
    );
  });
});

describe('the warnings of a document', () => {
  /** An annotation as the store has it. */
  function annotation({ start, end, candidates }: Use): PackedAnnotation {
    const words = Int32Array.of(start, end, 0, candidates.length, -1, 1, 0);
    const values = candidates.flatMap((one) => [one.sense, 0.5, 0.5, one.probability, 4, one.uses]);
    return packedAnnotation({ words, candidates: Float32Array.from(values), parts: NO_PARTS }, 0, 0);
  }

  const TEXT = '# One\n\nbank bank bank\n\n# Two\n\nbank\n';
  const uses = [...[7, 12, 17].map((start) => use(start, MONEY)), use(TEXT.lastIndexOf('bank'), SLOPE)].map(
    annotation,
  );
  const check = (options: {
    readonly ignored?: readonly string[];
    readonly scope?: 'document' | 'section';
    readonly partsOfSpeech?: readonly PartOfSpeech[];
  }): readonly ConsistencyWarning[] => {
    const { ignored = [], scope = 'document', partsOfSpeech = RULES.partsOfSpeech } = options;
    const checking = checkConsistency(TEXT, usesIn(uses, packedUse), {
      inventory: wordnet(),
      rules: { ...RULES, partsOfSpeech },
      ignored: new Set(ignored),
      scope,
    });
    let step = checking.next();
    while (!step.done) step = checking.next();
    return step.value;
  };

  it('are found over the whole document, unless sections are meant', () => {
    assert.deepEqual(
      check({}).map(({ start, lemma, cited }) => [start, lemma, cited.length]),
      [[TEXT.lastIndexOf('bank'), 'bank', 3]],
    );
    assert.deepEqual(check({ scope: 'section' }), []);
  });

  it('leave out ignored words and other parts of speech', () => {
    assert.deepEqual(check({ ignored: ['bank'] }), []);
    assert.deepEqual(check({ partsOfSpeech: ['verb'] }), []);
  });

  it('are few in a thousand words, the strongest, in text order', () => {
    const [warning] = check({});
    const many = [0.1, 0.01, 0.05, 0.02].map((agreement, i) => ({ ...warning!, start: i, agreement }));
    const starts = (words: number): readonly number[] =>
      strongestWarnings(many, words, RULES).map(({ start }) => start);
    assert.deepEqual(starts(10), [1]);
    assert.deepEqual(starts(1000), [1, 2, 3]);
    assert.deepEqual(starts(2000), [0, 1, 2, 3]);
    assert.deepEqual(starts(0), []);
  });

  it('move with edits, and go when their words or all they cite are touched', () => {
    const [warning] = check({});
    const insertAt = (start: number): Edit => new Edit([{ start, end: start, text: 'xyz' }]);
    const [moved] = movedWarnings([warning!], insertAt(0));
    assert.deepEqual([moved!.start, moved!.cited[0]!.start], [warning!.start + 3, 10]);
    assert.deepEqual(movedWarnings([warning!], insertAt(warning!.start)), []);
    assert.deepEqual(movedWarnings([warning!], insertAt(warning!.end)), []);
    assert.equal(movedWarnings([warning!], insertAt(12))[0]!.cited.length, 2);
    assert.deepEqual(movedWarnings([warning!], new Edit([{ start: 7, end: 21, text: '' }])), []);
  });

  it('stay on their words after any edits, or go', () => {
    const [warning] = check({});
    const change = fc.tuple(fc.nat(TEXT.length), fc.nat(6), fc.stringMatching(/^[a-z ]{0,4}$/));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
        let text = TEXT;
        let warnings: readonly ConsistencyWarning[] = [warning!];
        for (const [at, length, put] of changes) {
          const start = Math.min(at, text.length);
          const end = Math.min(start + length, text.length);
          warnings = movedWarnings(warnings, new Edit([{ start, end, text: put }]));
          text = text.slice(0, start) + put + text.slice(end);
        }
        for (const { start, end, cited } of warnings)
          for (const word of [{ start, end }, ...cited])
            assert.equal(text.slice(word.start, word.end), 'bank');
      }),
    );
  });
});

describe('sections', () => {
  const starts = (text: string): string[] =>
    [...sectionStarts(text)]
      .filter((start) => start !== undefined)
      .map((start) => text.slice(start).split(/\r?\n/, 1)[0]!);

  it('begin at headings of either kind, with either line end', () => {
    const text = 'Before\n\n# One\n\ntext\n\n   ## Two ##\n\nThree\n=====\n\ntext\nFour\n---\n';
    assert.deepEqual(starts(text), ['# One', '   ## Two ##', 'Three', 'Four']);
    assert.deepEqual(starts(text.replaceAll('\n', '\r\n')), ['# One', '   ## Two ##', 'Three', 'Four']);
  });

  it('do not begin in code, at a rule, or at a hash tag', () => {
    assert.deepEqual(starts('```\n# no\n```\n\n# yes\n'), ['# yes']);
    assert.deepEqual(starts('~~~~\n# no\n~~~\n# no\n~~~~\n# yes\n'), ['# yes']);
    assert.deepEqual(starts('text\n\n---\n\n#tag\n\n    # code\n'), []);
  });
});

describe('a gloss in a message', () => {
  it('is its first part without brackets, cut at a word', () => {
    assert.equal(shortGloss('sloping land (especially the slope beside a body of water)'), 'sloping land');
    assert.equal(
      shortGloss('(botany) a living organism lacking the power; more'),
      'a living organism lacking the power',
    );
    assert.ok(shortGloss('word '.repeat(40)).length <= 61);
    assert.match(shortGloss('word '.repeat(40)), /word …$/);
    assert.equal(shortGloss('(all in brackets)'), '(all in brackets)');
  });
});
