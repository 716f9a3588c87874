import * as vscode from 'vscode';
import type { InstancesPanel } from './panel';
import { type PassageSources, wordAt } from '../../services/passage';
import { type Place, placeOf } from '../../services/place';

/**
 * Shows every use of a word beside the text.
 * @param args `[document, offset]` from a link of the hover card; else the word at the cursor is meant
 */
export async function showSimilarInstances(
  deps: PassageSources,
  panel: InstancesPanel,
  args: readonly unknown[],
): Promise<void> {
  const place = await readPlace(deps, args);
  if (place) await panel.show(place.document, place.offset);
}

/** Compares the word at the cursor with the use that the panel is about. */
export async function compareInstances(deps: PassageSources, panel: InstancesPanel): Promise<void> {
  const place = await readPlace(deps, []);
  if (!place || (await panel.compare(place.document, place.offset))) return;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('First show the similar instances of a word; then compare another with it.'),
  );
}

/** Moves between the text and the list. */
export function focusInstances(panel: InstancesPanel): void {
  if (panel.focus()) return;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Put the cursor on a word and run “Glossight: Show Similar Instances”.'),
  );
}

/** A place whose word has been read, in a document that goes on being read: its vectors are kept with it. */
async function readPlace(deps: PassageSources, args: readonly unknown[]): Promise<Place | undefined> {
  const place = placeOf(args);
  if (!place) return undefined;
  if (!deps.scheduler.state(place.document)) deps.scheduler.read(place.document);
  return (await wordAt(place, deps)) ? place : undefined;
}
