import * as vscode from 'vscode';
import type { ConsistencyStrings } from '../../../core';

/** The words of messages and reports in the language of the editor. */
export function consistencyStrings(): ConsistencyStrings {
  const { l10n } = vscode;
  return {
    message({ word, here, elsewhere, majority, total, isDoubtful }) {
      return isDoubtful
        ? l10n.t(
            '“{0}”: probably ‘{1}’ here; elsewhere in this document ‘{2}’ ({3} of {4} uses)',
            word,
            here,
            elsewhere,
            majority,
            total,
          )
        : l10n.t(
            '“{0}”: ‘{1}’ here; elsewhere in this document ‘{2}’ ({3} of {4} uses)',
            word,
            here,
            elsewhere,
            majority,
            total,
          );
    },
    count: (majority, total) => l10n.t('{0} of {1} uses', majority, total),
    here: l10n.t('here'),
    elsewhere: l10n.t('elsewhere'),
    alike: l10n.t('as here also at'),
    none: l10n.t('No word is used in two senses that are surely apart.'),
    columns: {
      file: l10n.t('File'),
      place: l10n.t('Line:column'),
      word: l10n.t('Word'),
      here: l10n.t('Sense here'),
      elsewhere: l10n.t('Sense elsewhere'),
      uses: l10n.t('Uses elsewhere'),
      places: l10n.t('At'),
    },
  };
}
