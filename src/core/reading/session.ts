import { packReading, type PackedReading } from '../annotations/packed';
import type { DocumentEdit } from '../annotations/store';
import type { DocumentFormat, Span } from '../model';
import { type PipelineDeps, type Reading, readParagraphs } from '../pipeline';
import type { CancellationToken } from '../ports';
import { openProse, type Paragraph, type ProseOptions } from '../text/prose';

/** Characters read in one step: little enough that what is seen first is shown first. */
const STEP_CHARACTERS = 2_000;

export interface SessionDocument {
  readonly version: number;
  readonly text: string;
  readonly format: DocumentFormat;
}

/** What was read, in the offsets of the text of `version`. */
export interface SessionReadings {
  readonly version: number;
  readonly readings: readonly PackedReading[];
  /** Characters of prose that are read, of how many. */
  readonly done: number;
  readonly total: number;
}

/** `visible`: only what is on the screen; `all`: everything, what is on the screen first. */
export type Lane = 'visible' | 'all';

/**
 * Reads one document while it is edited: what is visible first, and after an edit only the paragraphs whose text
 * changed. Steps may overlap: each takes paragraphs that no other has taken.
 */
export interface ReadingSession {
  /** The state of things: progress, and the stretch of a text that holds no prose at all. */
  opened(): SessionReadings;
  /** Applies edits in order. The outcome voids the stretches that hold no prose any more. */
  edit(edits: readonly DocumentEdit[]): SessionReadings;
  /** Tells which spans of the text are on the screen. */
  view(spans: readonly Span[]): void;
  hasWork(lane: Lane): boolean;
  /**
   * Reads the next paragraphs of a lane. One that an edit changes meanwhile is left out, and read again by a later step.
   * @throws CancelledError
   */
  step(lane: Lane, token?: CancellationToken): Promise<SessionReadings>;
}

export function createReadingSession(
  document: SessionDocument,
  deps: PipelineDeps,
  options: ProseOptions = {},
): ReadingSession {
  let { version } = document;
  let prose = openProse(document.text, document.format, options);
  let visible: readonly Span[] = [];
  /** A paragraph that only moves is another object, but keeps its offset map; what is missing here is not begun. */
  const progress = new WeakMap<Paragraph['offsets'], 'under way' | 'read'>();

  /** Indices of the paragraphs to read next, in the order to read them. */
  function next(lane: Lane): Set<number> {
    const chosen = new Set<number>();
    let characters = 0;
    const choose = (from: number, to: number): void => {
      for (let i = from; i < to && characters < STEP_CHARACTERS; i++) {
        const { offsets, text } = prose.paragraphs[i]!;
        if (progress.has(offsets) || chosen.has(i)) continue;
        chosen.add(i);
        characters += text.length;
      }
    };
    const shown = visible.map((span) => paragraphsIn(prose.paragraphs, span));
    for (const { start, end } of shown) choose(start, end);
    if (lane === 'all') {
      // On from what is visible, then from the start.
      choose(shown[0]?.end ?? 0, prose.paragraphs.length);
      choose(0, prose.paragraphs.length);
    }
    return chosen;
  }

  function outcome(readings: readonly PackedReading[]): SessionReadings {
    let done = 0;
    let total = 0;
    for (const { offsets, text } of prose.paragraphs) {
      total += text.length;
      if (progress.get(offsets) === 'read') done += text.length;
    }
    return { version, readings, done, total };
  }

  /** From the paragraph before to the paragraph after: what lies between paragraphs holds no words. */
  function stretch(from: number, to: number): Span {
    return {
      start: prose.paragraphs[from - 1]?.source.end ?? 0,
      end: prose.paragraphs[to]?.source.start ?? prose.text.length,
    };
  }

  return {
    opened: () =>
      outcome(prose.paragraphs.length === 0 ? [packReading(stretch(0, 0), [], deps.inventory)] : []),
    edit(edits) {
      const before = prose.paragraphs;
      for (const { changes } of edits) prose = prose.edit(changes);
      version = edits.at(-1)?.version ?? version;
      const { head, tail } = unchanged(before, prose.paragraphs);
      const isGone = prose.paragraphs.length === head + tail && before.length > head + tail;
      return outcome(isGone ? [packReading(stretch(head, head), [], deps.inventory)] : []);
    },
    view(spans) {
      visible = spans;
    },
    hasWork: (lane) => next(lane).size > 0,
    async step(lane, token) {
      const taken = [...next(lane)].map((i) => prose.paragraphs[i]!);
      for (const { offsets } of taken) progress.set(offsets, 'under way');
      let read: readonly Reading[];
      try {
        read = await readParagraphs(taken, deps, token, lane === 'visible');
      } catch (error) {
        for (const { offsets } of taken) progress.delete(offsets);
        throw error;
      }
      for (const { offsets } of taken) progress.set(offsets, 'read');
      const readingOf = new Map(taken.map(({ offsets, source }, i) => [offsets, { source, ...read[i]! }]));
      const readings: PackedReading[] = [];
      prose.paragraphs.forEach(({ offsets, source }, i) => {
        const own = readingOf.get(offsets);
        if (!own) return;
        const distance = source.start - own.source.start;
        const place = stretch(i, i + 1);
        readings.push(
          packReading(
            place,
            own.annotations.map((a) => ({ ...a, start: a.start + distance, end: a.end + distance })),
            deps.inventory,
          ),
        );
      });
      return outcome(readings);
    },
  };
}

/** Range of the paragraphs that overlap a span of the source. */
function paragraphsIn(paragraphs: readonly Paragraph[], { start, end }: Span): Span {
  const first = paragraphs.findIndex(({ source }) => source.end > start);
  if (first < 0) return { start: paragraphs.length, end: paragraphs.length };
  let last = first;
  while (last < paragraphs.length && paragraphs[last]!.source.start < end) last++;
  return { start: first, end: last };
}

/** Paragraphs that two versions of a text have in common, from its start and from its end. */
function unchanged(
  before: readonly Paragraph[],
  after: readonly Paragraph[],
): { readonly head: number; readonly tail: number } {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head]!.offsets === after[head]!.offsets) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail)!.offsets === after.at(-1 - tail)!.offsets) tail++;
  return { head, tail };
}
