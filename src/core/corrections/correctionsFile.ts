import type { Correction } from './correction';

/**
 * The file of a folder's corrections: JSON lines, first a heading, then one correction a line in the order of document and
 * offset, so that two versions of it merge line by line. See docs/formats.md.
 */
const HEADING = { glossight: 'corrections', version: 1 } as const;

/** What is wrong with a line of the file. */
export interface FileProblem {
  /** From 1. */
  readonly line: number;
  readonly kind: 'merge marker' | 'no heading' | 'newer version' | 'not a correction' | 'outside the folder';
}

export interface CorrectionsFile {
  readonly corrections: readonly Correction[];
  /** In the order of lines. All other lines are used. */
  readonly problems: readonly FileProblem[];
  /** False for a file of a newer version: its format is unknown, so nothing in it may be changed. */
  readonly isWritable: boolean;
}

/** A correction to write, or the id of one to remove. */
export type FileChange = { readonly put: Correction } | { readonly remove: string };

interface Line {
  readonly text: string;
  /** The parsed line, with the fields that this version does not know. */
  readonly correction: (Correction & Readonly<Record<string, unknown>>) | undefined;
  readonly problem: FileProblem['kind'] | undefined;
}

/** Reads every line that can be read. Of two lines with one id, as a merge can leave them, the later one counts. */
export function parseCorrections(text: string): CorrectionsFile {
  const lines = linesOf(text);
  const byId = new Map<string, Correction>();
  for (const { correction } of lines) if (correction) byId.set(correction.id, correction);
  const problems = lines.flatMap(({ problem }, i) => (problem ? [{ line: i + 1, kind: problem }] : []));
  return {
    corrections: [...byId.values()],
    problems,
    isWritable: problems.every(({ kind }) => kind !== 'newer version'),
  };
}

/**
 * The file's text after changes. Lines that cannot be read stay as they are and where they are. In a file with such lines a new
 * correction goes to the end, so that it never lands inside a merge conflict that somebody has yet to settle.
 * @throws Error for a file of a newer version
 */
export function changeCorrections(text: string, changes: readonly FileChange[]): string {
  let lines = linesOf(text);
  if (lines.some(({ problem }) => problem === 'newer version')) {
    throw new Error('A file of a newer version must not be changed.');
  }
  const isClean = lines.every(({ problem }) => problem === undefined);
  if (lines.length === 0)
    lines = [{ text: JSON.stringify(HEADING), correction: undefined, problem: undefined }];
  for (const change of changes) {
    const id = 'put' in change ? change.put.id : change.remove;
    const old = lines.find(({ correction }) => correction?.id === id)?.correction;
    lines = lines.filter(({ correction }) => correction?.id !== id);
    if (!('put' in change)) continue;
    const added = lineOf({ ...old, ...change.put });
    const next = lines.findIndex(({ correction }) => correction && isBefore(change.put, correction));
    lines.splice(isClean && next >= 0 ? next : lines.length, 0, added);
  }
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return lines.map((line) => line.text + end).join('');
}

function isBefore(a: Correction, b: Correction): boolean {
  if (a.document !== b.document) return a.document < b.document;
  return a.offset === b.offset ? a.id < b.id : a.offset < b.offset;
}

/** The line of a correction; fields are always written in the same order. */
function lineOf(correction: Correction & Readonly<Record<string, unknown>>): Line {
  const { id, document, word, sense, before, after, offset, passage, at, ...rest } = correction;
  const ordered = { document, word, sense, before, after, offset, passage, at, id, ...rest };
  return { text: JSON.stringify(ordered), correction, problem: undefined };
}

function linesOf(text: string): Line[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  let heading: 'expected' | 'seen' = 'expected';
  return lines.map((line): Line => {
    const read = (problem?: Line['problem'], correction?: Line['correction']): Line => ({
      text: line,
      correction,
      problem,
    });
    if (/^(?:<{7}|\|{7}|={7}|>{7})(?: |$)/.test(line)) return read('merge marker');
    if (line.trim() === '') return read();
    const value = parsed(line);
    const isHeading = value?.['glossight'] === HEADING.glossight;
    if (isHeading) {
      heading = 'seen';
      return read(value['version'] === HEADING.version ? undefined : 'newer version');
    }
    const correction = value && correctionOf(value);
    if (!correction) return read('not a correction');
    if (isOutside(correction.document)) return read('outside the folder');
    const missing = heading === 'expected';
    heading = 'seen';
    return read(missing ? 'no heading' : undefined, correction);
  });
}

/** Does a document's name lead out of the folder, on this system or another? A stranger may have written the file. */
function isOutside(document: string): boolean {
  return /^(?:[\\/]|[a-z]:(?:[\\/]|$))/i.test(document) || document.split(/[\\/]/).includes('..');
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function correctionOf(value: Record<string, unknown>): Line['correction'] {
  const isText = (name: string): boolean => typeof value[name] === 'string';
  const isPlace = (name: string): boolean =>
    Number.isSafeInteger(value[name]) && (value[name] as number) >= 0;
  const isWhole =
    ['id', 'document', 'word', 'sense', 'before', 'after', 'passage'].every(isText) &&
    ['offset', 'at'].every(isPlace) &&
    value['word'] !== '' &&
    value['id'] !== '';
  return isWhole ? (value as unknown as NonNullable<Line['correction']>) : undefined;
}
