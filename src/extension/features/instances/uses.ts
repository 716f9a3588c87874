import * as vscode from 'vscode';
import type { AnnotationStore, SenseInventory } from '../../../core';
import type { ToInstancesPanel } from '../../../protocol/instancesPanel';
import type { AnsweredUse, Answers } from '../../../protocol/questions';
import { keyOf } from '../../services/documents';
import type { Scheduler } from '../../services/scheduler';
import { type AskedWord, panelUses, panelWord, senseOrder, type ShownUses } from './asked';
import { memoryText } from './memory';

/** What the panel asks. */
export interface PanelDeps {
  readonly store: AnnotationStore;
  readonly scheduler: Scheduler;
  readonly inventory: SenseInventory;
}

/** Uses, and the message that shows them. */
export interface Listed {
  readonly uses: ShownUses;
  readonly word: Extract<ToInstancesPanel, { readonly type: 'word' }>;
}

/** The word at a place, once it has been read. */
export function wordAt(
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
 * Every use of a word in the open documents. Where the word itself is gone, as by an edit, or means another lemma now, it is the use
 * nearest to its place that is asked about.
 * @param number of the message
 * @returns `undefined` where an edit has overtaken the answer: reading it asks again
 * @throws CancelledError; Error that says that there is no use
 */
export async function listUses(
  asked: AskedWord,
  number: number,
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
    return listUses(other, number, deps, signal);
  }
  const uses = answer.uses.map((use) => ({ ...use }));
  const shown: ShownUses = {
    number,
    asked,
    documents,
    versions,
    uses,
    senses: senseOrder(asked.senses, uses),
    neighbours: [],
    encoder: answer.encoder,
  };
  const listed = await panelUses(shown, answer);
  if (isStale()) return undefined;
  const word = panelWord(shown, answer, inventory);
  return {
    uses: shown,
    word: { type: 'word', number, word, uses: listed, asked: answer.asked, memory: memoryText(asked) },
  };
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
  return nearest && wordAt(documents[nearest.document]!, nearest.start, deps);
}

/** VS Code keeps a document for some minutes after its last tab was closed; for a reader it is closed. */
function documentsInTabs(): ReadonlySet<string> {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return new Set(
    inputs.flatMap((input) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])),
  );
}
