import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { CancelledError, type Span } from '../../../core';
import type {
  FromInstancesPanel,
  PanelAnswer,
  PanelLayer,
  PanelQuestion,
  ToInstancesPanel,
} from '../../../protocol/instancesPanel';
import { isFromInstancesPanel } from '../../../protocol/instancesPanelGuards';
import { EncoderEndedError } from '../../../node/process';
import { COMMANDS, INSTANCES_VIEW } from '../../services/contributions';
import { Disposables } from '../../services/disposables';
import { keyOf } from '../../services/documents';
import type { Edits } from '../../services/edits';
import { rangeOf } from '../../services/positions';
import { instancesPage } from './page';
import { panelStrings } from './strings';
import { type AskedWord, hasSamePlaces, type ListedUses, moveShown, type ShownUses } from './shownUses';
import { compareWords } from './compare';
import { type Memory, memoryOf, memoryText } from './memory';
import { answerRequest } from './requests';
import { saveList, saveMap } from './save';
import { listUses, type PanelDeps, readWordAt } from './listUses';

/** Between a change of what is read and the list made anew. */
const REFRESH_MS = 400;
/** The cursor rests on a word before the panel follows it. */
const FOLLOW_MS = 150;

export interface InstancesPanelOptions extends PanelDeps {
  readonly edits: Edits;
  /** The extension's folder. */
  readonly extension: vscode.Uri;
  readonly layers: readonly PanelLayer[];
}

/** The panel of similar instances and the sense map: one, beside the text. */
export class InstancesPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #options: InstancesPanelOptions;
  readonly #owned = new Disposables();
  #panel: vscode.WebviewPanel | undefined;
  /** The word whose uses were asked for last; their list may be under way. */
  #asked: AskedWord | undefined;
  #shown: ShownUses | undefined;
  /** The word of the last session's panel, until its text has been read. */
  #awaited: Memory | undefined;
  #following = false;
  /** The use that was gone to from the list: if the panel followed the cursor there, it would sort its list anew. */
  #visited: { readonly document: vscode.TextDocument; readonly start: number } | undefined;
  /** Cancels the list under way when another word is asked for. */
  #asking = new AbortController();
  /** The questions of the panel under way, one of a kind at a time; an answer to any other is dropped. */
  readonly #requests = new Map<PanelQuestion, AbortController>();
  /** The highest number that a word was given. */
  #lastNumber = 0;
  /** The word that is shown again after a restart, and what was remembered of it. */
  #recalled: { readonly asked: AskedWord; readonly memory: Memory } | undefined;
  /** Counts questions that begin in the editor; their ids are negative. */
  #lastId = 0;
  #refreshTimer: NodeJS.Timeout | undefined;
  #followTimer: NodeJS.Timeout | undefined;

  constructor(options: InstancesPanelOptions) {
    this.#options = options;
    const { window } = vscode;
    this.#owned.add(window.registerWebviewPanelSerializer(INSTANCES_VIEW, this));
    this.#owned.add(window.onDidChangeTextEditorSelection((event) => this.#followSoon(event)));
    this.#owned.add(options.store.onDidChange((key) => this.#refreshSoon(key)));
    this.#owned.add(
      options.edits.on('instances', (document, edit) => {
        if (this.#shown) moveShown(this.#shown, document, edit);
      }),
    );
  }

  /** The panel's webview, for tests. */
  get webview(): vscode.Webview | undefined {
    return this.#panel?.webview;
  }

  /** The last word shown, and its uses. */
  get shown(): ShownUses | undefined {
    return this.#shown;
  }

  /** Shows the uses of the word at a place, nearest to it first. @returns whether there is a word */
  async show(document: vscode.TextDocument, offset: number): Promise<boolean> {
    const asked = readWordAt(document, offset, this.#options);
    if (!asked) return false;
    this.#open();
    await this.#ask(asked);
    return true;
  }

  /** Compares the word at a place with the use the panel is about. @returns whether there are both */
  async compare(document: vscode.TextDocument, offset: number): Promise<boolean> {
    const word = readWordAt(document, offset, this.#options);
    if (!word || !this.#panel || !this.#shown) return false;
    this.#panel.reveal(undefined, true);
    const { number, asked } = this.#shown;
    const about = { id: --this.#lastId, word: number };
    this.#post({ type: 'comparing', ...about });
    await this.#answer('comparison', about, async (signal) => ({
      type: 'comparison',
      ...about,
      comparison: await compareWords([asked, word], this.#options, signal),
    }));
    return true;
  }

  /** Moves the keyboard into the list. @returns whether there is a panel */
  focus(): boolean {
    this.#panel?.reveal();
    this.#post({ type: 'focus' });
    return this.#panel !== undefined;
  }

  /** VS Code has opened the panel of the last session; its text may be open by now, and read sooner or later. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.#adopt(panel);
    this.#awaited = memoryOf(state);
    this.#lastNumber = Math.max(this.#lastNumber, this.#awaited?.number ?? 0);
    this.#recall();
    return Promise.resolve();
  }

  dispose(): void {
    clearTimeout(this.#refreshTimer);
    clearTimeout(this.#followTimer);
    this.#cancelAll();
    this.#panel?.dispose();
    this.#owned.dispose();
  }

  #open(): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.#adopt(
      vscode.window.createWebviewPanel(INSTANCES_VIEW, vscode.l10n.t('Similar Instances'), place, {}),
    );
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    const { extension } = this.#options;
    const dist = vscode.Uri.joinPath(extension, 'dist');
    const media = vscode.Uri.joinPath(extension, 'media');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist, media] };
    panel.iconPath = vscode.Uri.joinPath(media, 'icon.png');
    panel.webview.onDidReceiveMessage((message: unknown) => void this.receive(message));
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#shown = undefined;
      this.#asked = undefined;
      this.#cancelAll();
    });
    const { webview } = panel;
    const file = (folder: vscode.Uri, name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    webview.html = instancesPage({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      scriptUri: file(dist, 'instances.js'),
      styleUri: file(media, 'instances.css'),
      iconsUri: file(dist, 'codicon.css'),
      language: vscode.env.language,
      title: vscode.l10n.t('Similar Instances'),
    });
  }

  /** Asks for the uses of a word, and shows them unless another word is asked for meanwhile. */
  async #ask(asked: AskedWord): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.#asked = asked;
    this.#awaited = undefined;
    if (!isSameWord(asked, this.#shown?.asked)) this.#dropRequests();
    if (!this.#shown) this.#post({ type: 'busy', text: vscode.l10n.t('Looking for its uses …') });
    try {
      const list = await listUses(asked, this.#options, signal);
      if (signal.aborted || !list) return;
      const { listed, ...message } = list;
      const number = this.#numberOf(listed);
      // A comparison is of two words as they stand; other questions are about the list, which the page asks anew.
      const isRefreshed = number === this.#shown?.number && listed.asked === this.#shown.asked;
      this.#dropRequests(isRefreshed ? ['comparison'] : []);
      this.#shown = { ...listed, number };
      this.#asked = listed.asked;
      if (this.#panel) this.#panel.title = vscode.l10n.t('“{0}”: Similar Instances', message.word.lemma);
      this.#post({ type: 'word', number, ...message, memory: memoryText(this.#shown) });
    } catch (error) {
      if (signal.aborted || isPassing(error)) return;
      this.#post({ type: 'nothing', text: (error as Error).message });
    }
  }

  /** The number of the word before where places in the lists mean the same, else a new one. */
  #numberOf(listed: ListedUses): number {
    const before = this.#shown;
    if (before && isSameWord(listed.asked, before.asked) && hasSamePlaces(before, listed))
      return before.number;
    const { asked, memory } = this.#recalled ?? {};
    this.#recalled = undefined;
    const isRecalled = asked && isSameWord(listed.asked, asked) && memory?.uses === listed.uses.length;
    return isRecalled && memory.number > 0 ? memory.number : ++this.#lastNumber;
  }

  /** Does what the view asks for; anything that is no message of the panel is ignored. */
  async receive(message: unknown): Promise<void> {
    if (!isFromInstancesPanel(message)) return;
    switch (message.type) {
      case 'ready': {
        this.#start();
        return;
      }
      case 'follow':
        this.#following = message.on;
        return;
      case 'cancel': {
        this.#cancelAll();
        if (!this.#shown) this.#tellHow();
        return;
      }
      case 'saveMap':
        return saveMap(message.as, message.content, this.#asked?.lemma ?? 'map');
      case 'chooseEncoder':
        await vscode.commands.executeCommand(COMMANDS.chooseEncoder);
        return;
      default:
        // Places in the lists of another word mean nothing here.
        if (this.#shown?.number === message.word) await this.#receiveAbout(this.#shown, message);
    }
  }

  async #receiveAbout(
    shown: ShownUses,
    message: Extract<FromInstancesPanel, { readonly word: number }>,
  ): Promise<void> {
    const { inventory } = this.#options;
    const { documents } = shown;
    switch (message.type) {
      case 'goTo': {
        const use = shown.uses[message.use];
        if (!use) return;
        this.#visited = { document: documents[use.document]!, start: use.start };
        await goTo(this.#visited.document, use, message.keepFocus);
        return;
      }
      case 'goToNeighbour': {
        const use = shown.neighbours[message.neighbour];
        if (use) await goTo(documents[use.document]!, use, false);
        return;
      }
      case 'goToPosition': {
        const document = documents[message.document];
        if (!document) return;
        const start = Math.round(message.position * document.getText().length);
        return goTo(document, { start, end: start }, false);
      }
      case 'ask': {
        const use = shown.uses[message.use];
        const asked = use && readWordAt(documents[use.document]!, use.start, this.#options);
        if (asked) await this.#ask(asked);
        return;
      }
      case 'saveList':
        return saveList(message.as, message.uses, shown, inventory);
      default:
        return this.#answer(message.type, message, (signal) =>
          answerRequest(message, shown, this.#options, signal),
        );
    }
  }

  /** Answers a question of the panel, in the place of an earlier one of its kind; a failure is told as the answer. */
  async #answer(
    question: PanelQuestion,
    { id, word }: { readonly id: number; readonly word: number },
    work: (signal: AbortSignal) => Promise<PanelAnswer>,
  ): Promise<void> {
    this.#requests.get(question)?.abort();
    const controller = new AbortController();
    this.#requests.set(question, controller);
    const isCurrent = (): boolean => this.#requests.get(question) === controller;
    try {
      const answer = await work(controller.signal);
      if (isCurrent()) this.#post(answer);
    } catch (error) {
      const text = isPassing(error)
        ? vscode.l10n.t('The text changed, or this was cancelled. Try again.')
        : (error as Error).message;
      if (isCurrent()) this.#post({ type: 'failed', id, word, question, text });
    }
  }

  /** Ends the questions under way without an answer: they are about a word or a list that is not shown any more. */
  #dropRequests(kept: readonly PanelQuestion[] = []): void {
    for (const [question, controller] of this.#requests) {
      if (kept.includes(question)) continue;
      controller.abort();
      this.#requests.delete(question);
    }
  }

  #cancelAll(): void {
    this.#asking.abort();
    for (const request of this.#requests.values()) request.abort();
  }

  /** The page has loaded; VS Code throws a hidden one away, so that it loads again when shown. */
  #start(): void {
    this.#post({ type: 'start', strings: panelStrings(), layers: this.#options.layers });
    this.#post({ type: 'following', on: this.#following });
    if (this.#asked) {
      void this.#ask(this.#asked);
      return;
    }
    this.#tellHow();
  }

  #tellHow(): void {
    const text = vscode.l10n.t(
      'Open the text, put the cursor on a word and run “Glossight: Show Similar Instances”.',
    );
    this.#post({ type: 'nothing', text });
  }

  #refreshSoon(key: string): void {
    if (this.#awaited) this.#recall();
    if (!this.#panel || !this.#asked || this.#refreshTimer) return;
    if (!this.#shown?.documents.some((document) => keyOf(document) === key)) return;
    this.#refreshTimer = setTimeout(() => {
      this.#refreshTimer = undefined;
      if (this.#asked && this.#panel?.visible) void this.#ask(this.#asked);
    }, REFRESH_MS);
  }

  #followSoon({ textEditor, selections }: vscode.TextEditorSelectionChangeEvent): void {
    if (!this.#following || !this.#panel?.visible) return;
    clearTimeout(this.#followTimer);
    this.#followTimer = setTimeout(() => {
      const { document } = textEditor;
      const asked = readWordAt(document, document.offsetAt(selections[0]!.active), this.#options);
      const isVisited = document === this.#visited?.document && asked?.span.start === this.#visited.start;
      const isSame =
        asked?.document === this.#asked?.document && asked?.span.start === this.#asked?.span.start;
      if (asked && !isSame && !isVisited) void this.#ask(asked);
    }, FOLLOW_MS);
  }

  /** Shows the word of the last session once it has been read again. */
  #recall(): void {
    const memory = this.#awaited;
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === memory?.uri);
    if (!memory || !document) return;
    const asked = readWordAt(document, memory.offset, this.#options);
    const isRead = this.#options.store.get(keyOf(document))?.isRead(memory.offset, memory.offset + 1);
    if (!asked && !isRead) return;
    this.#awaited = undefined;
    if (!asked) return;
    this.#recalled = { asked, memory };
    void this.#ask(asked);
  }

  #post(message: ToInstancesPanel): void {
    void this.#panel?.webview.postMessage(message);
  }
}

function isSameWord(a: AskedWord, b: AskedWord | undefined): boolean {
  return a.lemma === b?.lemma && a.partOfSpeech === b.partOfSpeech;
}

/** A failure that goes away by itself: the text is read again, and the list made anew. */
function isPassing(error: unknown): boolean {
  return error instanceof CancelledError || error instanceof EncoderEndedError;
}

/** Selects a span in the editor that shows its document already, or beside the panel. */
async function goTo(document: vscode.TextDocument, span: Span, keepFocus: boolean): Promise<void> {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    preserveFocus: keepFocus,
    selection: rangeOf(document, span),
  });
}
