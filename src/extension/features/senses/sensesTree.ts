import * as vscode from 'vscode';
import {
  type AnnotationStore,
  type PackedAnnotation,
  type SenseId,
  type SenseInventory,
} from '../../../core';
import { Slices } from '../../services/slices';
import { VIEWS } from '../../services/contributions';
import { Disposables } from '../../services/disposables';
import { keyOf } from '../../services/documents';
import { rangeOf } from '../../services/positions';

/** Readings arrive many a second, and a tree that keeps changing cannot be read. */
const REFRESH_MS = 800;
/** Characters looked at in one go. */
const STRETCH = 10_000;

/** A word of the document with the senses it has there, and one of these senses. */
interface WordNode {
  readonly kind: 'word';
  readonly lemma: string;
  readonly count: number;
  /** Most used first. */
  readonly senses: readonly SenseNode[];
}
interface SenseNode {
  readonly kind: 'sense';
  readonly sense: SenseId;
  readonly count: number;
  readonly document: vscode.Uri;
  readonly first: PackedAnnotation;
}
export type SensesNode = WordNode | SenseNode;

/**
 * The words of the active document that have several senses, by the sense they have in it, with counts. Words used in several
 * senses come first.
 */
export class SensesTree implements vscode.TreeDataProvider<SensesNode>, vscode.Disposable {
  readonly #store: AnnotationStore;
  readonly #inventory: SenseInventory;
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<undefined>());
  readonly #view: vscode.TreeView<SensesNode>;
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: AnnotationStore, inventory: SenseInventory) {
    this.#store = store;
    this.#inventory = inventory;
    this.#view = this.#owned.add(
      vscode.window.createTreeView(VIEWS.senses, { treeDataProvider: this, showCollapseAll: true }),
    );
    this.#owned.add(this.#view.onDidChangeVisibility(() => this.#soon()));
    this.#owned.add(vscode.window.onDidChangeActiveTextEditor(() => this.#soon()));
    this.#owned.add(store.onDidChange(() => this.#soon()));
  }

  async getChildren(node?: SensesNode): Promise<SensesNode[]> {
    if (node) return node.kind === 'word' ? [...node.senses] : [];
    const document = vscode.window.activeTextEditor?.document;
    return document ? this.#wordsOf(document) : [];
  }

  getTreeItem(node: SensesNode): vscode.TreeItem {
    const { l10n, TreeItemCollapsibleState } = vscode;
    if (node.kind === 'word') {
      const item = new vscode.TreeItem(node.lemma.replaceAll('_', ' '), TreeItemCollapsibleState.Collapsed);
      item.id = node.lemma;
      item.description =
        node.senses.length === 1
          ? `${node.count}`
          : l10n.t('{0}, in {1} senses', node.count, node.senses.length);
      return item;
    }
    const { gloss, key } = this.#inventory.describe(node.sense);
    const item = new vscode.TreeItem(gloss);
    item.id = key;
    item.description = `${node.count}`;
    item.tooltip = `${gloss}\n${key}`;
    item.accessibilityInformation = { label: l10n.t('{0}: {1} uses', gloss, node.count) };
    const document = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.toString() === node.document.toString(),
    );
    if (document) {
      const { first } = node;
      item.command = {
        command: 'vscode.open',
        title: l10n.t('Go to the First Use'),
        arguments: [node.document, { selection: rangeOf(document, first) }],
      };
    }
    return item;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#owned.dispose();
  }

  #soon(): void {
    if (!this.#view.visible) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changed.fire(undefined);
    }, REFRESH_MS);
  }

  async #wordsOf(document: vscode.TextDocument): Promise<WordNode[]> {
    const senses = new Map<SenseId, SenseNode>();
    const slices = new Slices();
    const end = document.getText().length;
    for (let from = 0; from < end; from += STRETCH) {
      // Asked for anew each time: the document may be closed meanwhile.
      const annotations = this.#store.get(keyOf(document))?.between(from, from + STRETCH) ?? [];
      for (const annotation of annotations) {
        // A word across two stretches is in both.
        if (!annotation.polysemous || annotation.start < from) continue;
        const { sense } = annotation;
        const known = senses.get(sense);
        senses.set(
          sense,
          known
            ? { ...known, count: known.count + 1 }
            : { kind: 'sense', sense, count: 1, document: document.uri, first: annotation },
        );
      }
      if (slices.isOver) await slices.pause();
    }
    const words = new Map<string, SenseNode[]>();
    for (const node of senses.values()) {
      const lemma = this.#inventory.lemma(node.sense);
      const own = words.get(lemma);
      if (own) own.push(node);
      else words.set(lemma, [node]);
      if (slices.isOver) await slices.pause();
    }
    return [...words]
      .map(([lemma, own]): WordNode => ({
        kind: 'word',
        lemma,
        count: own.reduce((sum, { count }) => sum + count, 0),
        senses: own.sort((a, b) => b.count - a.count),
      }))
      .sort(
        (a, b) =>
          Number(b.senses.length > 1) - Number(a.senses.length > 1) ||
          b.count - a.count ||
          (a.lemma < b.lemma ? -1 : 1),
      );
  }
}
