import type { Span } from '../model';
import type { TextChange } from '../prose/paragraph';
import type { ConsistencyWarning } from './warnings';

/**
 * Warnings after an edit: they move with the text. One whose word the edit touches goes, and so does one that has no cited
 * use left.
 * @param changes of one edit, without overlap, in the offsets of the text before it
 */
export function movedWarnings(
  warnings: readonly ConsistencyWarning[],
  changes: readonly TextChange[],
): ConsistencyWarning[] {
  return warnings.flatMap((warning) => {
    const span = movedWord(warning, changes);
    if (!span) return [];
    const moved = (words: readonly Span[]): Span[] => words.flatMap((one) => movedWord(one, changes) ?? []);
    const cited = moved(warning.cited);
    return cited.length > 0 ? [{ ...warning, ...span, cited, alike: moved(warning.alike) }] : [];
  });
}

/** Where a word stands after an edit; `undefined` if it touched the word, which may then be another. */
function movedWord({ start, end }: Span, changes: readonly TextChange[]): Span | undefined {
  let distance = 0;
  for (const change of changes) {
    if (change.start <= end && change.end >= start) return undefined;
    if (change.end < start) distance += change.text.length - (change.end - change.start);
  }
  return { start: start + distance, end: end + distance };
}
