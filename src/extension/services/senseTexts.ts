import * as vscode from 'vscode';
import type { Evidence, PartOfSpeech } from '../../core';
import { layerName, setting } from './settings';

/** What is said of senses in more than one place, in the language of the editor. */

/** Two decimals with a true minus sign. */
export function formatCosine(value: number): string {
  return value.toFixed(2).replace('-', '−');
}

export function partOfSpeechName(partOfSpeech: PartOfSpeech): string {
  switch (partOfSpeech) {
    case 'noun':
      return vscode.l10n.t('noun');
    case 'verb':
      return vscode.l10n.t('verb');
    case 'adj':
      return vscode.l10n.t('adjective');
    case 'adv':
      return vscode.l10n.t('adverb');
  }
}

export function evidenceText(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'average':
      return evidence.uses === 1
        ? vscode.l10n.t('one tagged use')
        : vscode.l10n.t('average of {0} tagged uses', evidence.uses);
    case 'trained':
      if (evidence.uses === 0) return vscode.l10n.t('no tagged uses: trained on its gloss');
      return evidence.uses === 1
        ? vscode.l10n.t('trained on one tagged use')
        : vscode.l10n.t('trained on {0} tagged uses', evidence.uses);
    case 'related':
      return vscode.l10n.t('no tagged uses: {0} uses of related senses stand in', evidence.uses);
    case 'gloss':
      return vscode.l10n.t('from the gloss only');
    case 'taught':
      return evidence.uses === 1
        ? vscode.l10n.t('raised by one correction')
        : vscode.l10n.t('raised by {0} corrections', evidence.uses);
    case 'chosen':
      return vscode.l10n.t('chosen by you');
    case 'none':
      return vscode.l10n.t('no evidence');
  }
}

/** How the senses were decided, in a sentence or three. */
export function methodText(edition: string): string {
  return vscode.l10n.t(
    'Recipe: {0}. Layer rule: {1}. Senses: WordNet {2}.',
    setting('recipe'),
    layerName(),
    edition,
  );
}
