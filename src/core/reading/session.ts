import { type ChosenSense, chosenWithin, movedChosen } from '../annotations/chosen';
import { packReading, type PackedReading } from '../annotations/packed';
import { type DocumentEdit, Edit } from '../edits';
import type { DocumentFormat, Span } from '../model';
import { chosenInstances } from '../instances/chosen';
import { type InstanceRows, packInstances } from '../instances/rows';
import { type ParagraphReading, type PipelineDeps, readParagraphs } from '../pipeline';
import { openProse, type Paragraph, type ProseOptions } from '../prose/prose';
import { lowest } from '../util/search';
import type { Standardisation } from '../vectors/standardise';
import { keptParagraphs } from './kept';

/** Characters read in one step: few, so that the text on the screen is soon annotated. */
const STEP_CHARACTERS = 2_000;

export interface SessionDocument {
  readonly version: number;
  readonly text: string;
  readonly format: DocumentFormat;
}

/** New readings, in the offsets of the text of `version`. */
export interface SessionReadings {
  readonly version: number;
  readonly readings: readonly PackedReading[];
  /** Characters of prose that have been read, and of how many in total. */
  readonly done: number;
  readonly total: number;
}

/** What a session needs to read one language; it keeps the vectors of instances standardised. */
export interface SessionDeps extends PipelineDeps {
  readonly standardisation: Standardisation;
}

/** `visible`: only paragraphs on the screen; `all`: all paragraphs, those on the screen first. */
export type Lane = 'visible' | 'all';

/**
 * Reads one document while it is edited: visible paragraphs first, and after an edit only the paragraphs that it touched.
 * Steps may overlap in time: each reads paragraphs that no other step has taken.
 */
export interface ReadingSession {
  /** The progress so far; for a text without any prose also an empty reading of the whole text. */
  opened(): SessionReadings;
  /**
   * Applies edits in order. Returns empty readings of changed text between the paragraphs, which also replace the readings of
   * paragraphs that are gone.
   * @throws RangeError for a change outside the text; after that the session must not be used any more
   */
  edit(edits: readonly DocumentEdit[]): SessionReadings;
  /**
   * Sets the senses that a reader chose, in the offsets of the present text and in text order; they replace the earlier list,
   * and edits move them. Instances have the chosen senses; readings keep the predicted ones, which come back when a chosen
   * sense is withdrawn.
   */
  choose(chosen: readonly ChosenSense[]): void;
  /** Sets which spans of the text are on the screen. */
  view(spans: readonly Span[]): void;
  hasWork(lane: Lane): boolean;
  /** Marks the paragraphs that `isConcerned` accepts to be read again; their readings stay until then. */
  reconsider(isConcerned: (paragraph: Paragraph) => boolean): SessionReadings;
  /**
   * Reads the next paragraphs of a lane. A paragraph that is edited meanwhile is left out, and read by a later step.
   * @throws CancelledError
   */
  step(lane: Lane, signal?: AbortSignal): Promise<SessionReadings>;
  /** Version of the present text, which all offsets are in. */
  readonly version: number;
  readonly paragraphs: readonly Paragraph[];
  /** The instances of the paragraphs read so far, with the chosen senses; `base` is where a paragraph's source begins now. */
  instances(): Iterable<{ readonly base: number; readonly rows: InstanceRows }>;
}

/** A paragraph and its progress; the same object as long as no edit touches the paragraph. */
interface Item {
  paragraph: Paragraph;
  /** Index among the paragraphs; -1 once the paragraph is gone. */
  index: number;
  progress: 'waiting' | 'under way' | 'read';
  rows: InstanceRows | undefined;
}

export function createReadingSession(
  document: SessionDocument,
  languages: readonly SessionDeps[],
  options: ProseOptions = {},
): ReadingSession {
  let { version } = document;
  let prose = openProse(document.text, document.format, options);
  let items: readonly Item[] = prose.paragraphs.map(newItem);
  let chosen: readonly ChosenSense[] = [];
  let visible: readonly Span[] = [];
  let total = charactersOf(items);
  let done = 0;
  /** Searches for waiting items go on from here: none is waiting from 0 to `fromStart`, nor from the screen to `fromScreen`. */
  let fromStart = 0;
  let fromScreen = 0;

  function lookAgain(): void {
    fromStart = 0;
    fromScreen = visible[0] ? itemsIn(items, visible[0]).end : 0;
  }

  /** The items to read next, in the order to read them. */
  function next(lane: Lane): readonly Item[] {
    const taken = new Set<Item>();
    let characters = 0;
    const choose = (from: number, to: number): void => {
      for (let i = from; i < to && characters < STEP_CHARACTERS; i++) {
        const item = items[i]!;
        if (item.progress !== 'waiting' || taken.has(item)) continue;
        taken.add(item);
        characters += item.paragraph.text.length;
      }
    };
    for (const span of visible) {
      const shown = itemsIn(items, span);
      choose(shown.start, shown.end);
    }
    if (lane === 'all') {
      fromScreen = firstWaiting(items, fromScreen);
      choose(fromScreen, items.length);
      fromStart = firstWaiting(items, fromStart);
      choose(fromStart, items.length);
    }
    return [...taken];
  }

  function outcome(readings: readonly PackedReading[]): SessionReadings {
    return { version, readings, done, total };
  }

  /** The span that a reading of some items covers: the items, and the text between paragraphs around them, which has no words. */
  function stretch(from: number, to: number): Span {
    return {
      start: items[from - 1]?.paragraph.source.end ?? 0,
      end: items[to]?.paragraph.source.start ?? prose.text.length,
    };
  }

  function nothingAt(index: number): PackedReading {
    return packReading(stretch(index, index), []);
  }

  return {
    get version() {
      return version;
    },
    get paragraphs() {
      return prose.paragraphs;
    },
    *instances() {
      for (const { paragraph, rows } of items) {
        const { source } = paragraph;
        if (!rows) continue;
        yield { base: source.start, rows: chosenInstances(rows, source.start, chosenWithin(chosen, source)) };
      }
    },
    opened: () => outcome(items.length === 0 ? [nothingAt(0)] : []),
    edit(edits) {
      let gaps: ReadonlySet<number> = new Set();
      for (const { changes } of edits) {
        const before = prose.paragraphs;
        const edit = new Edit(changes, prose.text.length);
        prose = prose.edit(edit.changes);
        const kept = keptParagraphs(before, prose.paragraphs, edit, gaps);
        const old = items;
        for (const item of old) item.index = -1;
        items = prose.paragraphs.map((paragraph, index) => {
          const origin = kept.origins[index];
          return origin === undefined
            ? newItem(paragraph, index)
            : Object.assign(old[origin]!, { paragraph, index });
        });
        gaps = kept.gaps;
        chosen = movedChosen(chosen, edit);
      }
      version = edits.at(-1)?.version ?? version;
      total = charactersOf(items);
      done = charactersOf(items.filter(({ progress }) => progress === 'read'));
      lookAgain();
      return outcome([...gaps].map(nothingAt));
    },
    choose(words) {
      chosen = words;
    },
    view(spans) {
      visible = spans;
      lookAgain();
    },
    hasWork: (lane) => next(lane).length > 0,
    reconsider(isConcerned) {
      items = items.map((item, index) => {
        if (item.progress === 'waiting' || !isConcerned(item.paragraph)) return item;
        // A step that is reading the old item then drops its result.
        item.index = -1;
        return newItem(item.paragraph, index);
      });
      done = charactersOf(items.filter(({ progress }) => progress === 'read'));
      lookAgain();
      return outcome([]);
    },
    async step(lane, signal) {
      const taken = next(lane).map((item) => ({ item, paragraph: item.paragraph }));
      for (const { item } of taken) item.progress = 'under way';
      let read: readonly ParagraphReading<SessionDeps>[];
      try {
        read = await readParagraphs(
          taken.map(({ paragraph }) => paragraph),
          languages,
          signal,
          lane === 'visible',
        );
      } catch (error) {
        for (const { item } of taken) item.progress = 'waiting';
        lookAgain();
        throw error;
      }
      const readings: PackedReading[] = [];
      taken.forEach(({ item, paragraph }, i) => {
        item.progress = 'read';
        if (item.index < 0) return;
        const { source, text } = item.paragraph;
        done += text.length;
        const distance = source.start - paragraph.source.start;
        const { language, annotations: found, vectors } = read[i]!;
        if (language)
          item.rows = packInstances(paragraph.source.start, found, vectors, language.standardisation);
        const annotations = found.map((annotation) => ({
          ...annotation,
          start: annotation.start + distance,
          end: annotation.end + distance,
        }));
        readings.push(packReading(stretch(item.index, item.index + 1), annotations));
      });
      return outcome(readings);
    },
  };
}

function newItem(paragraph: Paragraph, index: number): Item {
  return { paragraph, index, progress: 'waiting', rows: undefined };
}

function charactersOf(items: readonly Item[]): number {
  return items.reduce((sum, { paragraph }) => sum + paragraph.text.length, 0);
}

/** Range of the items whose paragraphs overlap a span of the source. */
function itemsIn(items: readonly Item[], span: Span): Span {
  const start = lowest(items.length, (i) => items[i]!.paragraph.source.end > span.start);
  let end = start;
  while (end < items.length && items[end]!.paragraph.source.start < span.end) end++;
  return { start, end };
}

function firstWaiting(items: readonly Item[], from: number): number {
  let index = from;
  while (index < items.length && items[index]!.progress !== 'waiting') index++;
  return index;
}
