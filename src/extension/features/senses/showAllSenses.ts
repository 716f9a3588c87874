import path from 'node:path';
import * as vscode from 'vscode';
import { type DocumentAnnotation, senseListJson, senseListMarkdown, senseListText } from '../../../core';
import type { CommandDeps } from '../../commands';
import { exportedWord, type PassageWord, readPassage } from '../../services/passage';
import { withPatience } from '../../services/patience';
import { type Place, placeOf } from '../../services/place';
import { methodText, reportStrings } from './reportStrings';

/**
 * Every candidate sense of one word, best first.
 * @param args `[document, offset]` from a link of the hover card; else the word at the cursor is meant
 */
export async function showAllSenses(deps: CommandDeps, args: readonly unknown[]): Promise<void> {
  const { inventory, documents } = deps;
  const place = placeOf(args);
  const word = place && (await wordAt(place, deps));
  if (!word) return;
  const { line, column } = word;
  const annotation = exportedWord(word, inventory);
  const name = annotation.lemma.replaceAll('_', ' ');
  const file = path.posix.basename(place.document.uri.path);
  const title = vscode.l10n.t('Senses of “{0}”, {1}:{2}:{3}', name, file, line, column);
  const header = [title, methodText(inventory.edition), countText(annotation)];
  const strings = reportStrings();
  await documents.show({
    title,
    text: senseListText(header, annotation, strings),
    markdown: () => Promise.resolve(senseListMarkdown(annotation, strings)),
    json: () => Promise.resolve(senseListJson(annotation)),
  });
}

/** The word at a place, or a message that there is none. */
export async function wordAt(
  { document, offset }: Place,
  deps: CommandDeps,
): Promise<PassageWord | undefined> {
  const end = Math.min(offset + 1, document.getText().length);
  const spans = [{ start: Math.max(0, offset - 1), end }];
  const passage = await withPatience(vscode.l10n.t('Reading the word'), (signal, onShare) =>
    readPassage(document, spans, deps, signal, onShare),
  );
  // Of two words that touch, the one that begins here.
  const word = passage?.words.at(-1);
  if (passage && !word) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no content word here that WordNet knows.'),
    );
  }
  return word;
}

function countText({ candidates, partOfSpeech }: DocumentAnnotation): string {
  return candidates.length > 1
    ? vscode.l10n.t(
        '{0} senses as {1}, likeliest first.',
        candidates.length,
        reportStrings().partOfSpeech(partOfSpeech),
      )
    : vscode.l10n.t('WordNet has one sense of it as {0}.', reportStrings().partOfSpeech(partOfSpeech));
}
