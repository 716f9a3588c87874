import type { Span } from '../model';
import { CONTEXT, type Quote, standsAt } from './correction';

/** If the text was rewritten, this share of the words around the word must still be there. */
const LEAST_LIKENESS = 0.5;
/** With fewer words in the context a place cannot be recognised. */
const FEWEST_WORDS = 3;
/** Characters right beside the word, on both sides together, that must be unchanged: other uses nearby share words with it. */
const LEAST_BESIDE = 12;
/** Most places that are compared word by word; a common word has thousands. */
const MOST_PLACES = 20;
/** The words of the context are looked for within so many characters of the word. */
const REACH = 2 * CONTEXT;

/**
 * Finds the word of a quote again: where the whole quote stands unchanged, else where most words of its context still stand
 * around the word. Of several places it takes the one nearest to the hint.
 * @param within where to look
 * @param hint offset where the word should be
 * @returns `undefined` when the word was deleted, or too much of the text around it rewritten
 */
export function findQuote(text: string, quote: Quote, within: Span, hint: number): Span | undefined {
  const { word } = quote;
  if (word === '') return undefined;
  const found = nearestExact(text, quote, within, hint) ?? likeliest(text, quote, within, hint);
  return found === undefined ? undefined : { start: found, end: found + word.length };
}

/** The word's offset where the whole quote stands unchanged, nearest to the hint. */
function nearestExact(text: string, quote: Quote, within: Span, hint: number): number | undefined {
  const { before, word, after } = quote;
  const whole = before + word + after;
  const isThere = (at: number): boolean =>
    at >= within.start && at + word.length <= within.end && isQuoteAt(text, quote, at);
  const found: number[] = [];
  const start = hint - before.length;
  for (let at = text.lastIndexOf(whole, start); at >= 0 && at + before.length >= within.start;) {
    if (isThere(at + before.length)) {
      found.push(at + before.length);
      break;
    }
    at = at > 0 ? text.lastIndexOf(whole, at - 1) : -1;
  }
  for (let at = text.indexOf(whole, Math.max(0, start)); at >= 0 && at + before.length < within.end;) {
    if (isThere(at + before.length)) {
      found.push(at + before.length);
      break;
    }
    at = text.indexOf(whole, at + 1);
  }
  return found.sort((a, b) => Math.abs(a - hint) - Math.abs(b - hint))[0];
}

/** The word's offset at the place with most words of the context, among those with most unchanged characters beside the word. */
function likeliest(text: string, quote: Quote, within: Span, hint: number): number | undefined {
  const { word, before, after } = quote;
  const context = contextWords(quote);
  if (context.length < FEWEST_WORDS) return undefined;
  const places: { readonly at: number; readonly same: number }[] = [];
  for (let at = text.indexOf(word, Math.max(0, within.start)); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at + word.length > within.end) break;
    const same = beside(text, before, after, at, at + word.length);
    if (same >= LEAST_BESIDE && standsAt(text, word, at)) places.push({ at, same });
  }
  const distance = ({ at }: { readonly at: number }): number => Math.abs(at - hint);
  let found: number | undefined;
  let best = 0;
  for (const { at } of places
    .sort((a, b) => b.same - a.same || distance(a) - distance(b))
    .slice(0, MOST_PLACES)) {
    const likeness = likenessAt(text, word, context, at);
    const isNearer = found === undefined || Math.abs(at - hint) < Math.abs(found - hint);
    if (likeness > best || (likeness === best && likeness > 0 && isNearer)) [found, best] = [at, likeness];
  }
  return found;
}

/**
 * Does a quote stand unchanged at an offset? A quote with less context than usual was taken at an edge of the text, and must
 * still be at that edge.
 */
export function isQuoteAt(text: string, { word, before, after }: Quote, at: number): boolean {
  const end = at + word.length;
  return (
    standsAt(text, word, at) &&
    text.startsWith(before, at - before.length) &&
    at >= before.length &&
    text.startsWith(after, end) &&
    (before.length === CONTEXT || at === before.length) &&
    (after.length === CONTEXT || end + after.length === text.length)
  );
}

/** The whole words of a quote's context: its first and last word may be cut. */
function contextWords({ before, after }: Quote): readonly string[] {
  const cut = /[\p{L}\p{N}]+/gu;
  const left = before.match(cut) ?? [];
  const right = after.match(cut) ?? [];
  return [
    ...(before.length === CONTEXT ? left.slice(1) : left),
    ...(after.length === CONTEXT ? right.slice(0, -1) : right),
  ];
}

/** Share of the context's words that stand around an offset; 0 if it is below LEAST_LIKENESS. */
function likenessAt(text: string, word: string, context: readonly string[], at: number): number {
  const end = at + word.length;
  const around = new Set(
    `${text.slice(Math.max(0, at - REACH), at)} ${text.slice(end, end + REACH)}`.match(/[\p{L}\p{N}]+/gu),
  );
  const share = context.filter((neighbour) => around.has(neighbour)).length / context.length;
  return share >= LEAST_LIKENESS ? share : 0;
}

/** How many characters beside a word are as in its quote, counted from the word to both sides. */
function beside(text: string, before: string, after: string, start: number, end: number): number {
  let left = 0;
  while (left < before.length && text[start - 1 - left] === before[before.length - 1 - left]) left++;
  let right = 0;
  while (right < after.length && text[end + right] === after[right]) right++;
  return left + right;
}
