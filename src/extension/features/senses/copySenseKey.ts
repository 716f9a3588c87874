import * as vscode from 'vscode';
import { tellBriefly } from '../../services/notices';
import { type PassageSources, wordAt } from '../../services/passage';
import { placeOf } from '../../services/place';

/**
 * Copies a WordNet sense key.
 * @param args `[key]` from a link of the hover card, untrusted; else the word at the cursor is meant
 */
export async function copySenseKey(deps: PassageSources, args: readonly unknown[]): Promise<void> {
  const key = typeof args[0] === 'string' ? knownKey(args[0], deps) : await keyAtCursor(deps);
  if (key === undefined) return;
  await vscode.env.clipboard.writeText(key);
  tellBriefly(vscode.l10n.t('{0} copied', key));
}

function knownKey(key: string, { inventory }: PassageSources): string | undefined {
  if (inventory.find(key) !== undefined) return key;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('WordNet {0} has no sense of this key.', inventory.edition),
  );
  return undefined;
}

async function keyAtCursor(deps: PassageSources): Promise<string | undefined> {
  const place = placeOf([]);
  const word = place && (await wordAt(place, deps));
  return word && deps.inventory.key(word.packed.sense);
}
