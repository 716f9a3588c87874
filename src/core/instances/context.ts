import type { Span } from '../model';

/** A word in its line of a concordance (KWIC: keyword in context); runs of white space are one space. */
export interface WordContext {
  readonly left: string;
  readonly keyword: string;
  readonly right: string;
}

/**
 * The text around a word, up to a blank line and at most `reach` characters to either side, in whole words where one ends.
 * @param span in `text`
 */
export function contextOf(text: string, { start, end }: Span, reach: number): WordContext {
  const before = text.slice(Math.max(0, start - reach), start);
  const after = text.slice(end, end + reach);
  const left = start > reach ? before.replace(/^\S+(?=\s)/, '') : before;
  const right = end + reach < text.length ? after.replace(/(?<=\s)\S+$/, '') : after;
  return {
    left: withoutHalves(flat(left.split(BLANK_LINE).at(-1)!).trimStart()),
    keyword: flat(text.slice(start, end)),
    right: withoutHalves(flat(right.split(BLANK_LINE, 1)[0]!).trimEnd()),
  };
}

const BLANK_LINE = /\r?\n[^\S\n]*\r?\n/;

function flat(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** Drops half a surrogate pair at either end: a cut can leave one, and it would show as a box. */
function withoutHalves(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}
