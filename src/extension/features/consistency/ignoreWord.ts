import * as vscode from 'vscode';
import { ignoreWord as ignore, type IgnoreScope, ignoreScopes } from './options';
import { annotationOf, type PassageSources, wordAt } from '../../services/passage';
import { placeOf } from '../../services/place';

/**
 * Leaves a word out of consistency checks.
 * @param args `[lemma, scope, document]` from a quick fix; else the word at the cursor is meant, and the scope is asked for
 */
export async function ignoreWord(deps: PassageSources, args: readonly unknown[]): Promise<void> {
  const [lemma, scope, uri] = args;
  if (typeof lemma === 'string' && typeof uri === 'string') {
    const document = vscode.Uri.parse(uri, true);
    const known = ignoreScopes(document).find((one) => one === scope);
    if (known) await ignore(deps.inventory.language.normalise(lemma), known, document);
    return;
  }
  const place = placeOf([]);
  const word = place && (await wordAt(place, deps));
  if (!word) return;
  const { l10n } = vscode;
  const { lemma: here } = annotationOf(word, deps.inventory);
  const labels: Readonly<Record<IgnoreScope, string>> = {
    document: l10n.t('In this document'),
    workspace: l10n.t('In this workspace'),
    user: l10n.t('Everywhere'),
  };
  const picked = await vscode.window.showQuickPick(
    ignoreScopes(place.document.uri).map((one) => ({ label: labels[one], scope: one })),
    { placeHolder: l10n.t('Where may “{0}” have several senses?', here.replaceAll('_', ' ')) },
  );
  if (picked) await ignore(here, picked.scope, place.document.uri);
}
