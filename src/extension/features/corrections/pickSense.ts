import * as vscode from 'vscode';
import { type Annotation, type PartOfSpeech, PARTS_OF_SPEECH, type SenseId } from '../../../core';
import { rangeOf } from '../../services/positions';
import { tellBriefly } from '../../services/notices';
import { annotationOf, type PassageSources, type PassageWord, wordAt } from '../../services/passage';
import { placeOf } from '../../services/place';
import { formatCosine, partOfSpeechName } from '../../services/senseTexts';
import type { CorrectionDeps } from './corrections';

interface Item extends vscode.QuickPickItem {
  /** None for a heading. */
  readonly sense?: SenseId;
}

/**
 * Lets the reader say which sense a word has here. It holds at once, survives edits and re-reading, and is learnt from.
 * @param args `[document, offset]` from a link of the hover card; else the word at the cursor is meant
 */
export async function pickSense(deps: CorrectionDeps, args: readonly unknown[]): Promise<void> {
  const { inventory, corrections } = deps;
  const place = placeOf(args);
  const word = place && (await wordAt(place, deps));
  if (!word) return;
  const { document } = place;
  const annotation = annotationOf(word, inventory);
  const { version } = document;
  const chosen = await choose(senseItems(word, deps), annotation);
  if (chosen === undefined) return;
  const { start, end } = annotation;
  if (document.isClosed || document.version !== version) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The text was changed meanwhile. Pick the sense again.'),
    );
    return;
  }
  await corrections.pick(document, [{ start, end }], inventory.key(chosen));
  const { gloss } = inventory.describe(chosen);
  tellBriefly(vscode.l10n.t('“{0}” here: {1}', document.getText(rangeOf(document, { start, end })), gloss));
}

/** Every sense of the word: those compared here as they were ranked, then those of other parts of speech. */
function senseItems(word: PassageWord, { inventory }: PassageSources): readonly Item[] {
  const annotation = annotationOf(word, inventory);
  const isChosen = annotation.evidence.kind === 'chosen';
  const ranked =
    annotation.candidates.length > 0 ? annotation.candidates.map(({ sense }) => sense) : [annotation.sense];
  const cosines = new Map(annotation.candidates.map(({ sense, cosine }) => [sense, cosine]));
  const byPart = new Map<PartOfSpeech, Set<SenseId>>([[annotation.partOfSpeech, new Set(ranked)]]);
  for (const { partOfSpeech, senses } of inventory.lemmas(inventory.language.normalise(word.text))) {
    const own = byPart.get(partOfSpeech) ?? new Set();
    for (const sense of senses) own.add(sense);
    byPart.set(partOfSpeech, own);
  }
  const parts = [
    annotation.partOfSpeech,
    ...PARTS_OF_SPEECH.filter((part) => part !== annotation.partOfSpeech && byPart.has(part)),
  ];
  return parts.flatMap((part): Item[] => [
    { label: partOfSpeechName(part), kind: vscode.QuickPickItemKind.Separator },
    ...[...byPart.get(part)!].map((sense): Item => {
      const { key, gloss, examples, synonyms } = inventory.describe(sense);
      const isFirst = sense === annotation.sense;
      const notes = [
        ...(isFirst ? [isChosen ? vscode.l10n.t('chosen by you') : vscode.l10n.t('predicted')] : []),
        ...(cosines.has(sense) && !(isFirst && isChosen) ? [formatCosine(cosines.get(sense)!)] : []),
        synonyms.join(', ').replaceAll('_', ' '),
      ];
      return {
        label: isFirst ? `$(check) ${gloss}` : gloss,
        description: notes.filter((note) => note !== '').join(' · '),
        detail: [...examples.map((example) => `“${example}”`), key].join('  '),
        sense,
      };
    }),
  ]);
}

/** The present sense comes first under the cursor. */
async function choose(items: readonly Item[], { text, sense }: Annotation): Promise<SenseId | undefined> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = vscode.l10n.t('The sense of “{0}” here', text);
  picker.placeholder = vscode.l10n.t('Search glosses, examples and keys');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = items;
  picker.activeItems = items.filter((item) => item.sense === sense);
  try {
    return await new Promise<SenseId | undefined>((resolve) => {
      picker.onDidAccept(() => resolve(picker.selectedItems[0]?.sense));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}
