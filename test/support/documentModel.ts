import type { DocumentEdit, TextChange } from '../../src/core/edits';

/** A character of the simulated document; it keeps its identity while the text around it changes. */
interface Cell {
  readonly character: string;
  /** Version that made it, or that last changed the text beside it. */
  touched: number;
  isRead: boolean;
}

interface Word {
  readonly cells: readonly Cell[];
  readonly text: string;
  readonly label: number;
}

/** A reading of a stretch: its words by their place in it, each with a number that identifies it. */
export interface ModelReading {
  readonly version: number;
  readonly start: number;
  readonly cells: readonly Cell[];
  readonly words: readonly { readonly start: number; readonly end: number; readonly label: number }[];
}

/** A naive annotation store that works character by character; the real one has to agree with it. */
export class DocumentModel {
  version = 1;
  #cells: Cell[];
  #words: Word[] = [];

  constructor(text: string) {
    this.#cells = [...text].map((character) => ({ character, touched: 1, isRead: false }));
  }

  get text(): string {
    return this.#cells.map(({ character }) => character).join('');
  }

  /** Applies changes made together. @returns the changes that undo them */
  edit(changes: readonly TextChange[]): {
    readonly edit: DocumentEdit;
    readonly undo: readonly TextChange[];
  } {
    const version = ++this.version;
    const before = this.text;
    for (const { start, end } of changes) {
      for (let i = Math.max(0, start - 1); i <= end && i < this.#cells.length; i++) {
        this.#cells[i]!.touched = version;
        this.#cells[i]!.isRead = false;
      }
    }
    this.#dropWhere((word) => word.cells.some(({ touched }) => touched === version));
    const sorted = [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
    let distance = 0;
    const undo = sorted.map(({ start, end, text }) => {
      const change = {
        start: start + distance,
        end: start + distance + text.length,
        text: before.slice(start, end),
      };
      distance += text.length - (end - start);
      return change;
    });
    for (const { start, end, text } of sorted.toReversed()) {
      const fresh = [...text].map((character) => ({ character, touched: version, isRead: false }));
      this.#cells.splice(start, end - start, ...fresh);
    }
    return { edit: { version, changes }, undo };
  }

  /** A reading of the text as it is now, to be added now or later. */
  read(start: number, end: number, words: ModelReading['words']): ModelReading {
    return { version: this.version, start, cells: this.#cells.slice(start, end), words };
  }

  add({ version, start, cells, words }: ModelReading): void {
    const lives = new Set(this.#cells);
    const covered = new Set(cells.filter((cell) => lives.has(cell)));
    this.#dropWhere((word) => word.cells.some((cell) => covered.has(cell)), false);
    for (const cell of covered) cell.isRead ||= cell.touched <= version;
    for (const word of words) {
      const own = cells.slice(word.start - start, word.end - start);
      const text = own.map(({ character }) => character).join('');
      if (own.every((cell) => lives.has(cell) && cell.touched <= version))
        this.#words.push({ cells: own, text, label: word.label });
      else for (const cell of own) cell.isRead = false;
    }
  }

  /** All words in text order: where they stand, the text they were read as, their number. */
  words(): readonly { start: number; end: number; text: string; label: number }[] {
    const places = new Map(this.#cells.map((cell, i) => [cell, i]));
    return this.#words
      .map(({ cells, text, label }) => {
        const start = places.get(cells[0]!)!;
        return { start, end: start + cells.length, text, label };
      })
      .sort((a, b) => a.start - b.start);
  }

  isRead(start: number, end: number): boolean {
    return this.#cells.length >= end && this.#cells.slice(start, end).every((cell) => cell.isRead);
  }

  #dropWhere(condition: (word: Word) => boolean, voidsText = true): void {
    this.#words = this.#words.filter((word) => {
      if (!condition(word)) return true;
      if (voidsText) for (const cell of word.cells) cell.isRead = false;
      return false;
    });
  }
}
