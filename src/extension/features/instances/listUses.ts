import * as vscode from 'vscode';
import type { AnnotationStore, SenseInventory } from '../../../core';
import type { PanelUse, PanelWord } from '../../../protocol/instancesPanel';
import type { AnsweredUse, Answers } from '../../../protocol/questions';
import { keyOf } from '../../services/documents';
import type { Scheduler } from '../../services/scheduler';
import { panelUses, panelWord } from './panelMessages';
import { type AskedWord, type ListedUses, senseOrder } from './shownUses';

/** What the panel asks and shows with. */
export interface PanelDeps {
  readonly store: AnnotationStore;
  readonly scheduler: Scheduler;
  readonly inventory: SenseInventory;
}

/** Uses, and what the panel is told of them. */
export interface Listed {
  readonly listed: ListedUses;
  readonly word: PanelWord;
  readonly uses: readonly PanelUse[];
  /** The use asked about, in `uses`. */
  readonly asked: number;
}

/** The word at a place, if it has been read. */
export function readWordAt(
  document: vscode.TextDocument,
  offset: number,
  { store, inventory }: PanelDeps,
): AskedWord | undefined {
  const packed = store.get(keyOf(document))?.at(offset);
  if (!packed) return undefined;
  const lemma = inventory.lemma(packed.sense);
  const partOfSpeech = inventory.partOfSpeech(packed.sense);
  const { start, end } = packed;
  return {
    document,
    span: { start, end },
    lemma,
    partOfSpeech,
    senses: inventory.senses(lemma, partOfSpeech),
  };
}

/**
 * Every use of a word in the open documents. If an edit removed the word or made it one of another lemma, the use of the lemma
 * nearest to its place is taken instead.
 * @returns `undefined` where an edit has overtaken the answer: reading it asks again
 * @throws CancelledError; Error that says that there is no use
 */
export async function listUses(
  asked: AskedWord,
  deps: PanelDeps,
  signal: AbortSignal,
): Promise<Listed | undefined> {
  const { scheduler, inventory } = deps;
  const inTabs = documentsInTabs();
  const documents = [
    asked.document,
    ...scheduler.documents.filter(
      (document) => document !== asked.document && inTabs.has(document.uri.toString()),
    ),
  ];
  const question = { senses: asked.senses, asked: { document: 0, ...asked.span } };
  const answer = await scheduler.ask(documents, 'uses', question, signal);
  const versions = answer.documents.map(({ version }) => version);
  const isStale = (): boolean => documents.some((document, i) => document.version !== versions[i]);
  if (isStale()) return undefined;
  if (answer.asked < 0) {
    const other = nearestTo(asked, answer, documents, deps);
    if (!other) throw new Error(vscode.l10n.t('This word is not in the text any more.'));
    return listUses(other, deps, signal);
  }
  const uses = answer.uses.map((use) => ({ ...use }));
  const listed: ListedUses = {
    asked,
    documents,
    versions,
    uses,
    senses: senseOrder(asked.senses, uses),
    neighbours: [],
    encoder: answer.encoder,
  };
  const shown = await panelUses(listed, answer);
  if (isStale()) return undefined;
  return { listed, word: panelWord(listed, answer, inventory), uses: shown, asked: answer.asked };
}

function nearestTo(
  { span }: AskedWord,
  { uses }: Answers['uses'],
  documents: readonly vscode.TextDocument[],
  deps: PanelDeps,
): AskedWord | undefined {
  const distance = (use: AnsweredUse): number =>
    use.document === 0 ? Math.abs(use.start - span.start) : Infinity;
  const [nearest] = [...uses].sort((a, b) => distance(a) - distance(b));
  return nearest && readWordAt(documents[nearest.document]!, nearest.start, deps);
}

/** VS Code keeps a document for some minutes after its last tab was closed; its uses are not listed then. */
function documentsInTabs(): ReadonlySet<string> {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return new Set(
    inputs.flatMap((input) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])),
  );
}
