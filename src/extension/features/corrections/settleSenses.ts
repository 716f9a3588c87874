import * as vscode from 'vscode';
import { tellBriefly } from '../../services/notices';
import { readPassage, wordAt } from '../../services/passage';
import { withPatience } from '../../services/patience';
import { placeOf } from '../../services/place';
import type { CorrectionDeps } from './corrections';

/**
 * Makes the predicted sense of a word a correction: it stays, is learnt from, and is not warned of.
 * @param args `[document, offset]` from a quick fix; else the word at the cursor is meant
 */
export async function confirmSense(deps: CorrectionDeps, args: readonly unknown[]): Promise<void> {
  const { inventory, corrections } = deps;
  const place = placeOf(args);
  const word = place && (await wordAt(place, deps));
  if (!word) return;
  const { packed, text } = word;
  await corrections.pick(place.document, [packed], inventory.key(packed.sense));
  const { gloss } = inventory.describe(packed.sense);
  tellBriefly(vscode.l10n.t('“{0}” here: {1}', text, gloss));
}

/**
 * Gives every use of a word in its document the same sense: the one it has here, unless the arguments name another.
 * @param args `[document, offset, sense key]` from a quick fix; else the word at the cursor is meant
 */
export async function oneSense(deps: CorrectionDeps, args: readonly unknown[]): Promise<void> {
  const { inventory, corrections } = deps;
  const place = placeOf(args);
  const word = place && (await wordAt(place, deps));
  if (!word) return;
  const { document } = place;
  const named = typeof args[2] === 'string' ? inventory.find(args[2]) : undefined;
  const sense = named ?? word.packed.sense;
  const wordOf = (one: number): string => `${inventory.lemma(one)} ${inventory.partOfSpeech(one)}`;
  const whole = { start: 0, end: document.getText().length };
  const passage = await withPatience(vscode.l10n.t('Looking for uses'), (signal, onShare) =>
    readPassage(document, [whole], deps, signal, onShare),
  );
  const others = passage?.words.filter(
    ({ packed }) => packed.sense !== sense && wordOf(packed.sense) === wordOf(sense),
  );
  if (!others) return;
  await corrections.pick(
    document,
    others.map(({ packed }) => packed),
    inventory.key(sense),
  );
  tellBriefly(
    vscode.l10n.t(
      '{0} uses of “{1}” now mean: {2}',
      others.length,
      inventory.lemma(sense),
      inventory.describe(sense).gloss,
    ),
  );
}
