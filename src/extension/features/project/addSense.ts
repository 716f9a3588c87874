import * as vscode from 'vscode';
import {
  PARTS_OF_SPEECH,
  type PartOfSpeech,
  projectLemma,
  senseIdOf,
  type SenseInventory,
  sentenceAt,
  termFault,
  WORDNET_PLACES,
  type WordnetPlace,
} from '../../../core';
import { termFaultText } from './problems';
import type { ProjectSenses } from './projectSenses';
import { tellBriefly } from '../../services/notices';
import { tellNoEditor } from '../../services/place';
import { partOfSpeechName } from '../../services/senseTexts';

/** Adds a sense of the selected word, also of one that WordNet lacks. The sentence around it is its first example. */
export async function addSense(inventory: SenseInventory, senses: ProjectSenses): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    tellNoEditor();
    return;
  }
  const { document, selection } = editor;
  const file = senses.fileFor(document.uri);
  await senses.checkWritable(file);
  const { l10n } = vscode;
  const range = selection.isEmpty ? document.getWordRangeAtPosition(selection.active) : selection;
  const title = l10n.t('Add Sense');
  const ask = (
    prompt: string,
    value: string,
    validateInput?: (text: string) => string | undefined,
  ): Thenable<string | undefined> =>
    vscode.window.showInputBox({
      title,
      prompt,
      value,
      ignoreFocusOut: true,
      ...(validateInput ? { validateInput } : {}),
    });
  const refuseEmpty = (text: string): string | undefined =>
    text.trim() === '' ? l10n.t('This must not be empty.') : undefined;
  const word = await ask(
    l10n.t('The word or term, with the capitals it always has'),
    range ? document.getText(range).replace(/\s+/g, ' ') : '',
    (text) => {
      const fault = termFault(text.trim(), inventory.language);
      return refuseEmpty(text) ?? (fault && termFaultText(fault, text.trim()));
    },
  );
  if (word === undefined) return;
  const definition = await ask(l10n.t('What it means'), '', refuseEmpty);
  if (definition === undefined) return;
  const text = document.getText();
  const sentence = sentenceAt(text, document.offsetAt(range?.start ?? selection.active), inventory.language);
  const example = await ask(
    l10n.t('A passage in which it means this; empty for none'),
    text.slice(sentence.start, sentence.end).replace(/\s+/g, ' '),
  );
  if (example === undefined) return;
  const partOfSpeech = await pickOne<PartOfSpeech>(
    title,
    PARTS_OF_SPEECH.map((part) => ({ label: partOfSpeechName(part), value: part })),
  );
  if (!partOfSpeech) return;
  const isKnown = inventory.lemmas(projectLemma({ word }, inventory.language)).length > 0;
  const wordnet = isKnown ? await pickOne(title, placeItems()) : 'beside';
  if (!wordnet) return;
  const trimmed = definition.trim();
  await senses.add(file, [
    {
      word: word.trim(),
      partOfSpeech,
      id: senseIdOf(trimmed),
      definition: trimmed,
      examples: example.trim() === '' ? [] : [example.trim()],
      wordnet,
    },
  ]);
  tellBriefly(l10n.t('Sense of “{0}” added', word.trim()));
}

function placeItems(): readonly { readonly label: string; readonly value: WordnetPlace }[] {
  const { l10n } = vscode;
  const labels: Readonly<Record<WordnetPlace, string>> = {
    beside: l10n.t('Beside WordNet’s senses: the context decides'),
    below: l10n.t('Before WordNet’s senses'),
    hidden: l10n.t('Instead of WordNet’s senses'),
  };
  return WORDNET_PLACES.map((value) => ({ label: labels[value], value }));
}

async function pickOne<T>(
  title: string,
  items: readonly { readonly label: string; readonly value: T }[],
): Promise<T | undefined> {
  return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true }))?.value;
}
