import * as vscode from 'vscode';
import type { AnnotationStore } from '../../../core';
import { COMMANDS } from '../../services/contributions';
import { Disposables } from '../../services/disposables';
import { keyOf } from '../../services/documents';
import type { ReadingState, Scheduler } from '../../services/scheduler';

/** Progress comes in many small steps; the status bar shows a few a second. */
const REFRESH_MS = 150;

/** The status item of the active editor's document: loading, reading, read, or what went wrong. */
export class Status implements vscode.Disposable {
  readonly #scheduler: Scheduler;
  readonly #store: AnnotationStore;
  readonly #owned = new Disposables();
  readonly #item: vscode.StatusBarItem;
  #timer: NodeJS.Timeout | undefined;

  constructor(scheduler: Scheduler, store: AnnotationStore) {
    this.#scheduler = scheduler;
    this.#store = store;
    this.#item = this.#owned.add(
      vscode.window.createStatusBarItem('glossight.status', vscode.StatusBarAlignment.Right, 100),
    );
    this.#item.name = 'Glossight';
    this.#item.command = COMMANDS.showMenu;
    this.#owned.add(vscode.window.onDidChangeActiveTextEditor(() => this.#refresh()));
    this.#owned.add(scheduler.onDidChangeState(() => this.#soon()));
    this.#owned.add(store.onDidChange(() => this.#soon()));
    this.#refresh();
  }

  get text(): string {
    return this.#item.text;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#owned.dispose();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#refresh();
    }, REFRESH_MS);
  }

  #refresh(): void {
    const document = vscode.window.activeTextEditor?.document;
    const state = document && this.#scheduler.state(document);
    if (!state) {
      this.#item.hide();
      return;
    }
    const { icon, text, tooltip, failed } = this.#describe(document, state);
    this.#item.text = `$(${icon}) ${text}`;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: `Glossight: ${text}. ${tooltip}` };
    this.#item.backgroundColor = failed
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.#item.show();
  }

  #describe(
    document: vscode.TextDocument,
    state: ReadingState,
  ): { icon: string; text: string; tooltip: string; failed?: boolean } {
    const { l10n } = vscode;
    switch (state.phase) {
      case 'loading':
        return {
          icon: 'loading~spin',
          text: l10n.t('Loading encoder'),
          tooltip: l10n.t('Glossight is loading the encoder and the sense vectors.'),
        };
      case 'building':
        return {
          icon: 'loading~spin',
          text: l10n.t('Building sense vectors {0} %', Math.floor(100 * state.share)),
          tooltip: l10n.t('Glossight builds the sense vectors of this encoder, once; then it reads.'),
        };
      case 'reading': {
        const share = Math.floor((100 * state.done) / state.total);
        return {
          icon: 'book',
          text: l10n.t('Reading {0} %', share),
          tooltip: l10n.t('Glossight is reading this document, what is on the screen first.'),
        };
      }
      case 'failed':
        return {
          icon: 'warning',
          text: l10n.t('Not read'),
          tooltip:
            state.retryAt === undefined
              ? state.message
              : l10n.t(
                  '{0} Glossight tries again by itself at {1}.',
                  state.message,
                  new Date(state.retryAt).toLocaleTimeString(vscode.env.language),
                ),
          failed: true,
        };
      case 'read': {
        const { polysemous, unsure } = this.#store.get(keyOf(document))!.totals;
        const [all, doubtful] = [polysemous, unsure].map((count) =>
          count.toLocaleString(vscode.env.language),
        );
        return {
          icon: 'book',
          text: l10n.t('{0} words, {1} unsure', all!, doubtful!),
          tooltip: l10n.t(
            'Words of this document that have several senses, and those whose sense here is in doubt.',
          ),
        };
      }
    }
  }
}
