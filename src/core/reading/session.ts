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

/** What a session needs of a language: it keeps the vectors of what it has read, standardised. */
export interface SessionDeps extends PipelineDeps {
  readonly standardisation: Standardisation;
}

/** `visible`: only what is on the screen; `all`: everything, what is on the screen first. */
export type Lane = 'visible' | 'all';

/**
 * Reads one document while it is edited: what is visible first, and after an edit only the paragraphs it touched.
 * Steps may overlap: each takes paragraphs that no other has taken.
 */
export interface ReadingSession {
  /** The state of things: progress, and the stretch of a text that holds no prose at all. */
  opened(): SessionReadings;
  /**
   * Applies edits in order. What is returned answers for changed text outside the paragraphs, and voids paragraphs that
   * are gone.
   * @throws RangeError for a change outside the text; the session is of no use after that
   */
  edit(edits: readonly DocumentEdit[]): SessionReadings;
  /**
   * Takes in the senses that a reader chose, in the offsets of the text as it is now and in text order, in place of those
   * before; edits move them. Instances have them; readings say what was predicted, as it comes back with a withdrawal.
   */
  choose(chosen: readonly ChosenSense[]): void;
  /** Tells which spans of the text are on the screen. */
  view(spans: readonly Span[]): void;
  hasWork(lane: Lane): boolean;
  /** Reads paragraphs anew that a test finds concerned; until then what was read of them stands. */
  reconsider(isConcerned: (paragraph: Paragraph) => boolean): SessionReadings;
  /**
   * Reads the next paragraphs of a lane. One that an edit touches meanwhile is left out, and read again by a later step.
   * @throws CancelledError
   */
  step(lane: Lane, signal?: AbortSignal): Promise<SessionReadings>;
  /** Of the text that all offsets are in. */
  readonly version: number;
  readonly paragraphs: readonly Paragraph[];
  /** What has been read: the instances of paragraphs with the chosen senses, and where the source of each begins now. */
  instances(): Iterable<{ readonly base: number; readonly rows: InstanceRows }>;
}

/** A paragraph and how far it is; the same object as long as no edit touches the paragraph. */
interface Item {
  paragraph: Paragraph;
  /** Its place among the paragraphs; -1 once it is gone. */
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
  /** No item before the first, nor from the end of the screen up to the second, is waiting. */
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

  /** What a reading of some items answers for: what lies between paragraphs holds no words. */
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
        // A step that is under way finds that its paragraph is gone.
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
