import type { Edit } from '../edits';
import type { Span } from '../model';
import type { ConsistencyWarning } from './warnings';

/**
 * Warnings after an edit, moved with the text. A warning is dropped when the edit touches its word, or every use it cites.
 */
export function movedWarnings(warnings: readonly ConsistencyWarning[], edit: Edit): ConsistencyWarning[] {
  return warnings.flatMap((warning) => {
    const span = edit.untouched(warning);
    if (!span) return [];
    const moved = (words: readonly Span[]): Span[] => words.flatMap((one) => edit.untouched(one) ?? []);
    const cited = moved(warning.cited);
    return cited.length > 0 ? [{ ...warning, ...span, cited, alike: moved(warning.alike) }] : [];
  });
}
