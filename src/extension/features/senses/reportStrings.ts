import * as vscode from 'vscode';
import { type ReportStrings, wholePercent } from '../../../core';
import { evidenceText, formatCosine, partOfSpeechName } from '../../services/senseTexts';

/** More lines would not fit the title of a tab. */
const MOST_RANGES = 4;

/** The words of a report in the language of the editor. */
export function reportStrings(): ReportStrings {
  const { l10n } = vscode;
  return {
    partOfSpeech: partOfSpeechName,
    number: formatCosine,
    probability: (value) => l10n.t('{0}% sure', wholePercent(value)),
    cosine: (value) => l10n.t('cosine {0}', formatCosine(value)),
    margin: (value) => l10n.t('margin {0}', formatCosine(value)),
    behind: (value) => l10n.t('{0} behind the first', formatCosine(value)),
    evidence: evidenceText,
    doubt: (doubt) =>
      doubt === 'between two senses'
        ? l10n.t('unsure: between two near senses')
        : l10n.t('unsure: far from all its senses'),
    synonyms: (names) => l10n.t('Synonyms: {0}', names),
    onlySense: l10n.t('its only sense'),
    runnerUp: l10n.t('runner-up'),
    contextAlone: l10n.t('first by context alone, frequency decided for another'),
    columns: {
      rank: l10n.t('Rank'),
      place: l10n.t('Line:column'),
      word: l10n.t('Word'),
      partOfSpeech: l10n.t('Part of speech'),
      sense: l10n.t('Sense'),
      key: l10n.t('Key'),
      probability: l10n.t('Probability'),
      cosine: l10n.t('Cosine'),
      runnerUp: l10n.t('Runner-up'),
      runnerUpCosine: l10n.t('Its cosine'),
      margin: l10n.t('Margin'),
      doubt: l10n.t('Doubt'),
      evidence: l10n.t('Evidence'),
    },
  };
}

/** The lines some spans lie in, from 1: `3, 12–14`. */
export function lineList(ranges: readonly vscode.Range[]): string {
  const lines: [first: number, last: number][] = [];
  for (const { start, end } of ranges) {
    const last = lines.at(-1);
    // A selection of whole lines ends at the start of the next.
    const [from, to] = [
      start.line + 1,
      Math.max(start.line, end.character > 0 ? end.line : end.line - 1) + 1,
    ];
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else lines.push([from, to]);
  }
  const names = lines.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
  return names.length > MOST_RANGES ? [...names.slice(0, MOST_RANGES), '…'].join(', ') : names.join(', ');
}
