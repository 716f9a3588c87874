import path from 'node:path';
import * as vscode from 'vscode';
import { type DocumentAnnotation, senseListJson, senseListMarkdown, senseListText } from '../../../core';
import { exportedWord, type PassageSources, wordAt } from '../../services/passage';
import { placeOf } from '../../services/place';
import { methodText } from '../../services/senseTexts';
import type { Services } from '../../services/services';
import { reportStrings } from './reportStrings';

/**
 * Every candidate sense of one word, best first.
 * @param args `[document, offset]` from a link of the hover card; else the word at the cursor is meant
 */
export async function showAllSenses(
  deps: PassageSources & Pick<Services, 'reports'>,
  args: readonly unknown[],
): Promise<void> {
  const { inventory, reports } = deps;
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
  await reports.show({
    title,
    text: senseListText(header, annotation, strings),
    markdown: () => Promise.resolve(senseListMarkdown(annotation, strings)),
    json: () => Promise.resolve(senseListJson(annotation)),
  });
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
