import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CancelledError } from '../../src/core/ports';
import type { ChosenSense } from '../../src/core/annotations/chosen';
import { createAnnotationStore, type DocumentAnnotations } from '../../src/core/annotations/store';
import { changedText, type DocumentEdit, inOrder, type TextChange } from '../../src/core/edits';
import {
  createReadingSession,
  type ReadingSession,
  type SessionReadings,
} from '../../src/core/reading/session';
import { DOCUMENT_FORMATS, type DocumentFormat } from '../../src/core/model';
import { type Instance, instanceAt, vectorOf } from '../../src/core/instances/rows';
import { unpackAnnotation } from '../../src/core/annotations/packed';
import { wordnet } from '../support/artifacts';
import { createFakeEncoder } from '../support/fakeEncoder';
import { fakePipeline, type WatchedEncoder, watchedEncoder } from '../support/fakeReading';
import { memoryCache } from '../support/memoryCache';

/** A document with its session, and a store that gets what an editor would send it. */
class Desk {
  readonly encoder: WatchedEncoder = watchedEncoder();
  readonly session: ReadingSession;
  readonly #store = createAnnotationStore();
  #version = 1;
  text: string;
  last: SessionReadings;

  constructor(text: string, format: DocumentFormat, more: Partial<ReturnType<typeof fakePipeline>> = {}) {
    this.text = text;
    const deps = { ...fakePipeline(this.encoder), ...more };
    this.session = createReadingSession({ version: 1, text, format }, [deps]);
    this.#store.open('key', 1);
    this.last = this.session.opened();
    this.deliver(this.last);
  }

  get annotations(): DocumentAnnotations {
    return this.#store.get('key')!;
  }

  /** An edit in the editor and the store; the caller passes it on to the session, maybe later. */
  type(...changes: TextChange[]): DocumentEdit {
    const edit = { version: ++this.#version, changes };
    this.text = changedText(this.text, inOrder(changes, this.text.length));
    this.#store.edit('key', edit);
    return edit;
  }

  tell(...edits: DocumentEdit[]): void {
    this.deliver(this.session.edit(edits));
  }

  /** Replaces the first `before` of the text. */
  replace(before: string, text: string): void {
    const start = this.text.indexOf(before);
    assert.ok(start >= 0);
    this.tell(this.type({ start, end: start + before.length, text }));
  }

  deliver(readings: SessionReadings): void {
    this.last = readings;
    this.#store.add('key', readings.version, readings.readings);
  }

  async step(): Promise<void> {
    this.deliver(await this.session.step('all'));
  }

  async readAll(): Promise<void> {
    while (this.session.hasWork('all')) await this.step();
  }

  words(): string[] {
    return this.annotations.between(0, this.text.length).map(({ start, end }) => this.text.slice(start, end));
  }

  choose(chosen: readonly ChosenSense[]): void {
    this.#store.correct('key', this.#version, chosen);
    this.session.choose(chosen);
  }

  /** All instances with their vectors. */
  instances(): (Pick<Instance, 'start' | 'end' | 'sense'> & { vector: Float32Array | undefined })[] {
    return [...this.session.instances()].flatMap(({ base, rows }) =>
      Array.from(rows.probabilities, (_, i) => {
        const instance = instanceAt(rows, i, base);
        const { start, end, sense, rival, probability } = instance;
        return { start, end, sense, rival, probability, vector: vectorOf(instance, false) };
      }),
    );
  }

  /** All that the annotations say. */
  contents(): unknown[] {
    return this.annotations
      .between(0, this.text.length)
      .map((annotation) =>
        unpackAnnotation(annotation, this.text.slice(annotation.start, annotation.end), wordnet()),
      );
  }
}

const PAGE = ['The bank of the river.', 'A cold spring morning.', 'Money lends interest.', 'The plant grew.'];

describe('a reading session', () => {
  it('reads every paragraph once, a little at a time', async () => {
    const paragraphs = Array.from(
      { length: 60 },
      (_, i) => `The bank of river ${i} lends money to plant ${i + 100}.`,
    );
    const desk = new Desk(paragraphs.join('\n\n'), 'plain');
    let steps = 0;
    let done = 0;
    for (; desk.session.hasWork('all'); steps++) {
      await desk.step();
      assert.ok(desk.last.done > done);
      done = desk.last.done;
    }
    assert.equal(done, desk.last.total);
    assert.equal(done, paragraphs.join('').length);
    assert.ok(steps > 1 && steps < 20);
    const windows = desk.encoder.taken();
    assert.equal(windows.length, 60);
    assert.equal(new Set(windows).size, 60);
    assert.ok(desk.annotations.isRead(0, desk.text.length));
  });

  it('reads visible paragraphs first, then those after them, then those before', async () => {
    const paragraphs = Array.from({ length: 30 }, (_, i) => `The bank ${i} of the river. `.repeat(60).trim());
    const desk = new Desk(paragraphs.join('\n\n'), 'markdown');
    const start = desk.text.indexOf('bank 20');
    desk.session.view([{ start, end: start + 10 }]);
    assert.ok(desk.session.hasWork('visible'));
    const order: number[] = [];
    while (desk.session.hasWork('all')) {
      const { readings } = await desk.session.step(desk.session.hasWork('visible') ? 'visible' : 'all');
      for (const reading of readings) {
        order.push(Number(/bank (\d+)/.exec(desk.text.slice(Math.max(0, reading.start - 1)))![1]));
      }
      assert.equal(desk.session.hasWork('visible'), false);
    }
    const upTo = (from: number, to: number): number[] =>
      Array.from({ length: to - from }, (_, i) => from + i);
    assert.deepEqual(order, [20, ...upTo(21, 30), ...upTo(0, 20)]);
  });

  it('has nothing visible where no paragraph is', () => {
    const desk = new Desk(PAGE.join('\n\n'), 'plain');
    desk.session.view([
      { start: 22, end: 24 },
      { start: 5000, end: 6000 },
    ]);
    assert.equal(desk.session.hasWork('visible'), false);
    assert.equal(desk.session.hasWork('all'), true);
  });

  it('answers at once for a text without prose', () => {
    const desk = new Desk('---\n\n```\ncode\n```\n', 'markdown');
    assert.ok(desk.annotations.isRead(0, desk.text.length));
    assert.equal(desk.last.total, 0);
    assert.equal(desk.session.hasWork('all'), false);
  });

  for (const format of DOCUMENT_FORMATS) {
    it(`reads only the paragraph that an edit touches (${format})`, async () => {
      const desk = new Desk(PAGE.join('\n\n'), format);
      await desk.readAll();
      desk.encoder.taken();
      desk.replace('spring', 'summer');
      assert.equal(desk.annotations.isRead(0, desk.text.length), false);
      await desk.readAll();
      assert.equal(desk.encoder.taken().length, 1);
      assert.ok(desk.annotations.isRead(0, desk.text.length));
    });

    it(`reads nothing when only what lies between paragraphs changes (${format})`, async () => {
      const desk = new Desk(`${PAGE.join('\n\n\n')}\n\n\n`, format);
      await desk.readAll();
      desk.encoder.taken();
      const start = desk.text.indexOf('\n\n\n') + 1;
      desk.tell(
        desk.type({ start, end: start + 1, text: '\n\n   \n' }),
        desk.type({ start: desk.text.length, end: desk.text.length, text: '\n \n' }),
      );
      assert.equal(desk.session.hasWork('all'), false);
      assert.deepEqual(desk.encoder.taken(), []);
      assert.ok(desk.annotations.isRead(0, desk.text.length));
    });
  }

  it('encodes only the windows of a long paragraph whose text an edit changed', async () => {
    const sentences = Array.from(
      { length: 40 },
      (_, i) => `The bank of river ${i} lends money to a plant, and it grew.`,
    );
    const desk = new Desk(sentences.join(' '), 'plain', { cache: memoryCache() });
    await desk.readAll();
    const all = desk.encoder.taken().length;
    assert.ok(all >= 20);
    desk.replace('river 17 lends', 'stream 17 lends');
    await desk.readAll();
    assert.equal(desk.encoder.taken().length, 1);
  });

  it('voids paragraphs that a code fence swallows, and those that are deleted', async () => {
    const desk = new Desk(PAGE.join('\n\n'), 'markdown');
    await desk.readAll();
    assert.ok(desk.words().includes('interest') && desk.words().includes('plant'));
    const start = desk.text.indexOf('Money');
    desk.tell(desk.type({ start: start - 1, end: start - 1, text: '```\n' }));
    assert.ok(desk.words().includes('river'));
    assert.ok(!desk.words().includes('interest') && !desk.words().includes('plant'));
    assert.ok(desk.annotations.isRead(0, desk.text.length));
    desk.replace('```\n', '');
    await desk.readAll();
    assert.ok(desk.words().includes('interest') && desk.words().includes('plant'));
    desk.replace('\n\nMoney lends interest.', '');
    assert.ok(!desk.words().includes('interest'));
    await desk.readAll();
    assert.ok(desk.annotations.isRead(0, desk.text.length));
  });

  it('voids a paragraph that vanishes beside others that change', async () => {
    const desk = new Desk(`${PAGE[0]}\n\n${PAGE[1]}\n\n${PAGE[2]}\n\n${PAGE[3]}`, 'markdown');
    await desk.readAll();
    assert.ok(desk.words().includes('interest') && desk.words().includes('plant'));
    const start = desk.text.indexOf('Money');
    const comment = [
      { start: 4, end: 8, text: 'shore' },
      { start, end: start, text: '<!--' },
      { start: start + PAGE[2]!.length, end: start + PAGE[2]!.length, text: '-->' },
    ];
    desk.tell(desk.type(...comment));
    await desk.readAll();
    assert.deepEqual(
      desk.words().filter((word) => ['shore', 'interest', 'plant'].includes(word)),
      ['shore', 'plant'],
    );
  });

  it('leaves out a paragraph that is edited while it is read, and moves the others', async () => {
    const desk = new Desk(PAGE.join('\n\n'), 'plain');
    desk.encoder.hold();
    const reading = desk.session.step('all');
    assert.equal(desk.session.hasWork('all'), false);
    desk.replace('cold spring', 'warm and early spring');
    assert.equal(desk.session.hasWork('all'), true);
    assert.ok(desk.encoder.letThrough());
    desk.deliver(await reading);
    assert.ok(desk.words().includes('plant') && !desk.words().includes('spring'));
    assert.equal(desk.last.done, PAGE.join('').length - PAGE[1]!.length);
    const again = desk.session.step('all');
    assert.ok(desk.encoder.letThrough());
    desk.deliver(await again);
    assert.ok(desk.words().includes('spring'));
    assert.equal(desk.last.done, desk.last.total);
  });

  it('parts the work between steps that overlap', async () => {
    const paragraphs = Array.from({ length: 8 }, (_, i) =>
      Array.from({ length: 60 }, (_, k) => `The bank of river ${100 * i + k}.`).join(' '),
    );
    const desk = new Desk(paragraphs.join('\n\n'), 'plain');
    desk.encoder.hold();
    const steps: Promise<SessionReadings>[] = [];
    while (desk.session.hasWork('all')) steps.push(desk.session.step('all'));
    assert.equal(steps.length, 4);
    while (desk.encoder.letThrough());
    for (const step of steps) desk.deliver(await step);
    assert.equal(desk.last.done, desk.last.total);
    const windows = desk.encoder.taken();
    assert.equal(new Set(windows).size, windows.length);
  });

  it('reads again what a cancelled or failed step had taken', async () => {
    const encoder = createFakeEncoder();
    let failure: Error | undefined;
    const failing = {
      ...encoder,
      encode: (...args: Parameters<typeof encoder.encode>) =>
        failure ? Promise.reject(failure) : encoder.encode(...args),
    };
    const desk = new Desk(PAGE.join('\n\n'), 'plain', { encoder: failing });
    await assert.rejects(desk.session.step('all', AbortSignal.abort()), CancelledError);
    failure = new Error('out of memory');
    await assert.rejects(desk.session.step('all'), /out of memory/);
    failure = undefined;
    await desk.readAll();
    assert.ok(desk.annotations.isRead(0, desk.text.length));
    assert.equal(desk.last.done, desk.last.total);
  });

  it('gives instances the chosen senses, which edits move, and the predicted ones back', async () => {
    const desk = new Desk(PAGE.join('\n\n'), 'plain');
    const senses = wordnet().senses('bank', 'noun');
    const instanceOf = (word: string): Instance | undefined => {
      const start = desk.text.indexOf(word);
      return [...desk.session.instances()]
        .flatMap(({ base, rows }) => Array.from(rows.probabilities, (_, i) => instanceAt(rows, i, base)))
        .find((instance) => instance.start === start);
    };
    await desk.readAll();
    const predicted = instanceOf('bank')!;
    const sense = senses.find((other) => other !== predicted.sense && other !== predicted.rival)!;
    desk.session.choose([{ start: predicted.start, end: predicted.end, sense }]);
    const chosen = instanceOf('bank')!;
    assert.deepEqual([chosen.sense, chosen.rival, chosen.probability], [sense, predicted.sense, 1]);
    assert.deepEqual(vectorOf(chosen, false), vectorOf(predicted, false));
    desk.replace('The', 'Once the');
    desk.replace('cold spring', 'warm spring');
    await desk.readAll();
    assert.equal(instanceOf('bank')!.sense, sense);
    const isAsPredicted = async (): Promise<void> => {
      const fresh = new Desk(desk.text, 'plain');
      await fresh.readAll();
      assert.deepEqual(desk.instances(), fresh.instances());
    };
    const { start, end } = instanceOf('bank')!;
    desk.session.choose([]);
    await isAsPredicted();
    desk.session.choose([{ start, end, sense }]);
    desk.replace('bank', 'banks');
    await desk.readAll();
    await isAsPredicted();
  });

  it('gives the chosen senses that the store shows, after any edits', async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const edits = fc.array(
      fc.record({ at: share, length: fc.nat(8), text: fc.constantFrom('', ' ', 's', 'The bank grew. ') }),
      { maxLength: 5 },
    );
    const ranges = fc.array(fc.tuple(share, fc.nat(14)), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(ranges, edits, async (places, steps) => {
        const desk = new Desk(PAGE.join('\n\n'), 'plain');
        await desk.readAll();
        const sense = wordnet().senses('bank', 'noun')[2]!;
        const words = desk.annotations.between(0, desk.text.length);
        // Mostly words that were read, sometimes a part of one or several together.
        const chosen: ChosenSense[] = [];
        for (const [place, more] of [...places].sort(([a], [b]) => a - b)) {
          const { start, end } = words[Math.floor(place * (words.length - 1))]!;
          const word = { start, end: more > 10 ? end + more - 10 : end, sense };
          if (start >= (chosen.at(-1)?.end ?? 0)) chosen.push(word);
        }
        desk.choose(chosen);
        for (const { at, length, text } of steps) {
          const start = Math.floor(at * desk.text.length);
          desk.tell(desk.type({ start, end: Math.min(desk.text.length, start + length), text }));
          await desk.readAll();
        }
        const known = desk.instances().map(({ start, end, sense: id }) => ({ start, end, sense: id }));
        const isKnown = new Set(known.map(({ start }) => start));
        const shown = desk.annotations.between(0, desk.text.length);
        assert.deepEqual(
          known,
          shown
            .filter(({ start }) => isKnown.has(start))
            .map(({ start, end, sense: id }) => ({ start, end, sense: id })),
        );
        // A chosen span that was not read as a word has no vector.
        for (const { start, evidence } of shown) assert.ok(isKnown.has(start) || evidence === 'chosen');
      }),
      { numRuns: 100 },
    );
  });

  it('refuses an edit outside the text', () => {
    const desk = new Desk('The bank.', 'plain');
    assert.throws(
      () => desk.session.edit([{ version: 2, changes: [{ start: 50, end: 60, text: '' }] }]),
      RangeError,
    );
  });
});

const FRAGMENTS: Readonly<Record<DocumentFormat, readonly string[]>> = {
  markdown: [
    'The bank of the river was steep. ',
    'money ',
    'a *plant* grew',
    'Zut alors',
    '\n',
    '\n\n',
    '\n\n```\n',
    '\n\n# Spring\n\n',
    '> ',
    '- ',
    '`code` ',
    '<!-- ',
    ' -->',
    '\n\na | bank\n--|--\nc | light\n\n',
    '&amp;',
    '---\n',
    ' ',
    's',
    '*',
  ],
  mdx: [
    'The bank of the river was steep. ',
    'money ',
    "\n\nimport { a } from 'b';\n",
    '{a}',
    '{',
    '}',
    '<Tab ',
    '>',
    '</Tab>',
    '\n\n',
    '\n',
    's',
  ],
  plain: [
    'The bank of the river was steep. ',
    'money ',
    'a _plant_ grew',
    'Zut alors',
    '\n',
    '\n\n',
    '\n\n   \n',
    '\n\nCHAPTER II\n\n',
    '    ',
    '- ',
    'interest-\n',
    '\r\n',
    '\n-----\n',
    ' ',
    's',
    '_',
  ],
};

type Move =
  | {
      readonly kind: 'type';
      readonly places: readonly (readonly [number, number])[];
      readonly texts: readonly string[];
    }
  | { readonly kind: 'undo' | 'tell' | 'start' | 'let through' | 'receive' }
  | { readonly kind: 'view'; readonly from: number };

function moves(format: DocumentFormat): fc.Arbitrary<Move> {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const text = fc
    .array(fc.constantFrom(...FRAGMENTS[format]), { maxLength: 3 })
    .map((fragments) => fragments.join(''));
  const only = <Kind extends string>(kind: Kind): fc.Arbitrary<{ kind: Kind }> => fc.constant({ kind });
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('type' as const),
        places: fc.array(fc.tuple(share, fc.oneof(fc.constant(0), fc.nat(60))), {
          minLength: 1,
          maxLength: 3,
        }),
        texts: fc.array(text, { minLength: 3, maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: only('undo') },
    { weight: 3, arbitrary: only('tell') },
    { weight: 4, arbitrary: only('start') },
    { weight: 4, arbitrary: only('let through') },
    { weight: 4, arbitrary: only('receive') },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('view' as const), from: share }) },
  );
}

function changesAt(
  text: string,
  places: readonly (readonly [number, number])[],
  texts: readonly string[],
): TextChange[] {
  const changes: TextChange[] = [];
  for (const [place, count] of [...places].sort(([a], [b]) => a - b)) {
    const start = Math.floor(place * text.length);
    if (start < (changes.at(-1)?.end ?? 0) || start === changes.at(-1)?.start) continue;
    changes.push({ start, end: Math.min(text.length, start + count), text: texts[changes.length]! });
  }
  return changes;
}

/** The changes that undo changes made to a text. */
function inverse(text: string, changes: readonly TextChange[]): TextChange[] {
  let distance = 0;
  return inOrder(changes, text.length).map(({ start, end, text: added }) => {
    const back = {
      start: start + distance,
      end: start + distance + added.length,
      text: text.slice(start, end),
    };
    distance += added.length - (end - start);
    return back;
  });
}

describe('a document that was read while it was edited', () => {
  for (const format of DOCUMENT_FORMATS) {
    const text = fc
      .array(fc.constantFrom(...FRAGMENTS[format], '\n\n'), { minLength: 3, maxLength: 15 })
      .map((fragments) => fragments.join(''));
    it(`reads in the end as if it had been opened now (${format})`, async function () {
      this.timeout(60_000);
      await fc.assert(
        fc.asyncProperty(text, fc.array(moves(format), { maxLength: 30 }), async (start, steps) => {
          const desk = new Desk(start, format);
          desk.encoder.hold();
          const untold: DocumentEdit[] = [];
          const undos: TextChange[][] = [];
          /** Messages on their way, in order. */
          const sent: SessionReadings[] = [];
          const running: Promise<void>[] = [];
          const type = (changes: TextChange[]): void => {
            undos.push(inverse(desk.text, changes));
            untold.push(desk.type(...changes));
          };
          const tell = (): void => {
            if (untold.length > 0) sent.push(desk.session.edit(untold.splice(0)));
          };
          for (const step of steps) {
            switch (step.kind) {
              case 'type':
                type(changesAt(desk.text, step.places, step.texts));
                break;
              case 'undo':
                if (undos.length > 0) type(undos.pop()!);
                break;
              case 'tell':
                tell();
                break;
              case 'view':
                desk.session.view([
                  { start: step.from * desk.text.length, end: step.from * desk.text.length + 40 },
                ]);
                break;
              case 'start':
                if (desk.session.hasWork('all'))
                  running.push(desk.session.step('all').then((readings) => void sent.push(readings)));
                break;
              case 'let through':
                desk.encoder.letThrough();
                // The step goes on to its end.
                await new Promise(setImmediate);
                break;
              case 'receive': {
                const readings = sent.shift();
                if (readings) desk.deliver(readings);
                break;
              }
            }
          }
          tell();
          while (desk.encoder.letThrough());
          await Promise.all(running);
          for (const readings of sent) desk.deliver(readings);
          while (desk.session.hasWork('all')) {
            const step = desk.session.step('all');
            desk.encoder.letThrough();
            desk.deliver(await step);
          }
          const fresh = new Desk(desk.text, format);
          await fresh.readAll();
          assert.deepEqual(desk.contents(), fresh.contents());
          assert.deepEqual(desk.instances(), fresh.instances());
          assert.ok(desk.annotations.isRead(0, desk.text.length));
          assert.deepEqual([desk.last.done, desk.last.total], [fresh.last.total, fresh.last.total]);
        }),
        { numRuns: 300 },
      );
    });
  }
});
