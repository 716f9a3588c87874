import type * as vscode from 'vscode';
import type { Edit, PartOfSpeech, SenseId, Span } from '../../../core';
import type { AnsweredUse } from '../../../protocol/questions';

/** The word that the panel is about, in the use that was asked about. */
export interface AskedWord {
  readonly document: vscode.TextDocument;
  /** Where it stands now. */
  span: Span;
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  /** The senses it can have, in WordNet's order. */
  readonly senses: readonly SenseId[];
}

/** The uses of a word before they have a number. */
export type ListedUses = Omit<ShownUses, 'number'>;

/** The uses that a panel shows, by which messages from it are understood. */
export interface ShownUses {
  /** Identifies the word for the panel: while it stays, places in these lists mean the same. From 1. */
  readonly number: number;
  readonly asked: AskedWord;
  readonly documents: readonly vscode.TextDocument[];
  readonly versions: readonly number[];
  /** Where they stand now: edits move them. */
  readonly uses: (AnsweredUse & { start: number; end: number })[];
  /** In the order that the panel names them. */
  readonly senses: readonly SenseId[];
  neighbours: readonly AnsweredUse[];
  /** The name of the encoder. */
  readonly encoder: string;
}

/** Do places in the lists of the panel mean the same uses, senses and documents as before? */
export function hasSamePlaces(before: ShownUses, now: ListedUses): boolean {
  const isSame = <T>(a: readonly T[], b: readonly T[]): boolean =>
    a.length === b.length && a.every((one, i) => one === b[i]);
  return (
    before.uses.length === now.uses.length &&
    isSame(before.senses, now.senses) &&
    isSame(before.documents, now.documents)
  );
}

/** Moves what is shown with an edit of one of the documents. */
export function moveShown(shown: ShownUses, document: vscode.TextDocument, edit: Edit): void {
  if (shown.asked.document === document) shown.asked.span = edit.grown(shown.asked.span);
  const place = shown.documents.indexOf(document);
  for (const use of shown.uses) {
    if (use.document === place) Object.assign(use, edit.grown(use));
  }
}

/** The senses of a word in the order of the panel: those with most uses here first. */
export function senseOrder(senses: readonly SenseId[], uses: readonly AnsweredUse[]): SenseId[] {
  const counts = usesBySense(uses);
  return [...senses].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
}

/** How many uses have each sense. */
export function usesBySense(uses: readonly AnsweredUse[]): ReadonlyMap<SenseId, number> {
  const counts = new Map<SenseId, number>();
  for (const { sense } of uses) counts.set(sense, (counts.get(sense) ?? 0) + 1);
  return counts;
}
