import type { Language } from '../language';
import type { Span } from '../model';

/** A list item or heading begins a paragraph of its own, and a heading ends with its line. */
const BEGINS_BLOCK = /^[ \t]{0,8}(?:[-*+]|\d{1,3}[.)]|#{1,6})[ \t]/;
const HEADING = /^[ \t]{0,3}#{1,6}[ \t]/;

/** Initials, as in “J. K. Rowling” or “U.S. Army”; “So did I.” ends. */
const INITIALS = /(?:^|[^\p{L}.])(?!I\.$)(?:\p{Lu}\.)+$/u;

/** A sentence is looked for within so many characters on either side of an offset: a novel may be one paragraph. */
const REACH = 5_000;

/** Segmenters by language code. */
const segmenters = new Map<string, Intl.Segmenter>();

/**
 * The lines around an offset up to blank ones, from the first character to past the last; empty in a blank line. Markdown's
 * list items and headings count as paragraphs.
 */
export function paragraphAt(text: string, offset: number): Span {
  let first = lineAt(text, offset);
  let last = first;
  if (textOf(text, first).trim() === '') return { start: offset, end: offset };
  while (first.start > 0 && !BEGINS_BLOCK.test(textOf(text, first))) {
    const above = lineAt(text, first.start - 1);
    const line = textOf(text, above);
    if (line.trim() === '' || HEADING.test(line)) break;
    first = above;
  }
  while (last.end < text.length && !HEADING.test(textOf(text, last))) {
    const below = lineAt(text, last.end + 1);
    const line = textOf(text, below);
    if (line.trim() === '' || BEGINS_BLOCK.test(line)) break;
    last = below;
  }
  return trimmed(text, { start: first.start, end: last.end });
}

/**
 * The sentence at an offset, without the white space around it; between two sentences, the one before. Lines that are
 * wrapped belong together; a blank line parts sentences, and has none.
 */
export function sentenceAt(text: string, offset: number, language: Language): Span {
  const paragraph = paragraphAt(text, offset);
  const base = Math.max(paragraph.start, offset - REACH);
  // A line end would end the sentence, so spaces replace white space, one for one, which keeps offsets as they are.
  const joined = text.slice(base, Math.min(paragraph.end, offset + REACH)).replace(/\s/g, ' ');
  const segmenter =
    segmenters.get(language.code) ?? new Intl.Segmenter(language.code, { granularity: 'sentence' });
  segmenters.set(language.code, segmenter);
  let start = 0;
  let end = 0;
  for (const { segment, index } of segmenter.segment(joined)) {
    if (index > 0 && !isGoingOn(joined.slice(start, index), segment, language)) {
      if (base + index > offset) break;
      start = index;
    }
    end = index + segment.length;
  }
  return trimmed(text, { start: base + start, end: base + end });
}

/** Does the sentence go on where the segmenter ended it? */
function isGoingOn(before: string, after: string, { abbreviation }: Language): boolean {
  const end = before.trimEnd().slice(-16);
  return /^["'”’»)\]]*\p{Ll}/u.test(after) || (abbreviation?.test(end) ?? false) || INITIALS.test(end);
}

/** The line an offset is in, without its line feed. */
function lineAt(text: string, offset: number): Span {
  const end = text.indexOf('\n', offset);
  // `lastIndexOf` takes a negative place for 0.
  const start = offset > 0 ? text.lastIndexOf('\n', offset - 1) + 1 : 0;
  return { start, end: end < 0 ? text.length : end };
}

function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

function trimmed(text: string, { start, end }: Span): Span {
  const inside = textOf(text, { start, end });
  return {
    start: start + inside.length - inside.trimStart().length,
    end: end - (inside.length - inside.trimEnd().length),
  };
}

/** Spans in text order, with overlapping ones joined. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start < last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else merged.push(span);
  }
  return merged;
}
