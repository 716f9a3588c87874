import * as vscode from 'vscode';
import { rangeOf } from '../../services/positions';
import { tellBriefly } from '../../services/notices';
import { type PassageSources, readPassage, wordAt } from '../../services/passage';
import { withPatience } from '../../services/patience';
import { placeOf } from '../../services/place';

/** A word, and every use of its sense in its document. */
interface Uses {
  readonly document: vscode.TextDocument;
  /** Where the word itself stands. */
  readonly start: number;
  /** In text order. */
  readonly ranges: readonly vscode.Range[];
}

/**
 * Selects all uses of a word in the sense it has here, each with a cursor.
 * @param args `[document, offset]` from a link; else the word at the cursor is meant
 */
export async function selectUses(deps: PassageSources, args: readonly unknown[]): Promise<void> {
  const uses = await usesOf(deps, args);
  if (!uses) return;
  const editor = await vscode.window.showTextDocument(uses.document, { preserveFocus: false });
  editor.selections = uses.ranges.map(({ start, end }) => new vscode.Selection(start, end));
  tellBriefly(vscode.l10n.t('{0} uses in this sense', uses.ranges.length));
}

/** Goes to the next use of a word in the sense it has here; after the last comes the first. */
export async function nextUse(deps: PassageSources, args: readonly unknown[]): Promise<void> {
  const uses = await usesOf(deps, args);
  if (!uses) return;
  const { document, start, ranges } = uses;
  const next = ranges.find((range) => document.offsetAt(range.start) > start) ?? ranges[0]!;
  await vscode.window.showTextDocument(document, { selection: next });
  const place = ranges.indexOf(next) + 1;
  tellBriefly(vscode.l10n.t('Use {0} of {1} in this sense', place, ranges.length));
}

/** `undefined` where there is no word, or when reading the rest of the document was cancelled. */
async function usesOf(deps: PassageSources, args: readonly unknown[]): Promise<Uses | undefined> {
  const place = placeOf(args);
  const word = place && (await wordAt(place, deps));
  if (!word) return undefined;
  const { document } = place;
  const whole = { start: 0, end: document.getText().length };
  const passage = await withPatience(vscode.l10n.t('Looking for uses'), (signal, onShare) =>
    readPassage(document, [whole], deps, signal, onShare),
  );
  if (!passage) return undefined;
  const ranges = passage.words
    .filter(({ packed }) => packed.sense === word.packed.sense)
    .map(({ packed }) => rangeOf(document, packed));
  // An edit meanwhile may have changed the word itself.
  return ranges.length > 0 ? { document, start: word.packed.start, ranges } : undefined;
}
