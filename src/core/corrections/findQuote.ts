import type { Span } from '../model';
import { CONTEXT, type Quote, standsAt } from './correction';

/** Share of the words around it that must still be there where text was rewritten. */
const LEAST_LIKENESS = 0.5;
/** Fewer words say nothing. */
const FEWEST_WORDS = 3;
/** Characters right beside the word, on both sides together, that must be as they were: neighbours share the rest. */
const LEAST_BESIDE = 12;
/** How far from the word its old neighbours are looked for. */
const REACH = 2 * CONTEXT;

/**
 * Finds the word of a quote again: with what stood before and after it, else where most of the words around it still
 * stand. Of several places the one nearest to the hint.
 * @param within where to look
 * @param hint where it should be
 * @returns `undefined` when the word was deleted, or what is around it rewritten
 */
export function findQuote(text: string, quote: Quote, within: Span, hint: number): Span | undefined {
  const { word } = quote;
  if (word === '') return undefined;
  const context = contextWords(quote);
  let found: number | undefined;
  let best = 0;
  const first = Math.max(0, within.start);
  for (let at = text.indexOf(word, first); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at + word.length > within.end) break;
    if (!standsAt(text, word, at)) continue;
    const likeness = isExact(text, quote, at) ? 2 : likenessAt(text, quote, context, at);
    const isNearer = found === undefined || Math.abs(at - hint) < Math.abs(found - hint);
    if (likeness > best || (likeness === best && likeness > 0 && isNearer)) [found, best] = [at, likeness];
  }
  return found === undefined ? undefined : { start: found, end: found + word.length };
}

/** A quote with less context than usual was at an edge of the text, and is there still. */
function isExact(text: string, { word, before, after }: Quote, at: number): boolean {
  const end = at + word.length;
  return (
    text.startsWith(before, at - before.length) &&
    at >= before.length &&
    text.startsWith(after, end) &&
    (before.length === CONTEXT || at === before.length) &&
    (after.length === CONTEXT || end + after.length === text.length)
  );
}

/** Whole words only: the first and last may be cut. */
function contextWords({ before, after }: Quote): readonly string[] {
  const cut = /[\p{L}\p{N}]+/gu;
  const left = before.match(cut) ?? [];
  const right = after.match(cut) ?? [];
  return [
    ...(before.length === CONTEXT ? left.slice(1) : left),
    ...(after.length === CONTEXT ? right.slice(0, -1) : right),
  ];
}

/** Share of the words that stand around an offset; 0 if it is too low. */
function likenessAt(text: string, quote: Quote, context: readonly string[], at: number): number {
  const { word, before, after } = quote;
  const end = at + word.length;
  if (context.length < FEWEST_WORDS || beside(text, before, after, at, end) < LEAST_BESIDE) return 0;
  const around = new Set(
    `${text.slice(Math.max(0, at - REACH), at)} ${text.slice(end, end + REACH)}`.match(/[\p{L}\p{N}]+/gu),
  );
  const share = context.filter((one) => around.has(one)).length / context.length;
  return share >= LEAST_LIKENESS ? share : 0;
}

/** Characters that are the same on both sides of a word, counted from the word. */
function beside(text: string, before: string, after: string, start: number, end: number): number {
  let left = 0;
  while (left < before.length && text[start - 1 - left] === before[before.length - 1 - left]) left++;
  let right = 0;
  while (right < after.length && text[end + right] === after[right]) right++;
  return left + right;
}
