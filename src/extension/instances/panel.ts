import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { type AnnotationStore, CancelledError, type SenseInventory, type Span } from '../../core';
import type {
  FromInstancesPanel,
  PanelLayer,
  PanelRequest,
  ToInstancesPanel,
} from '../../protocol/instancesPanel';
import { isFromInstancesPanel } from '../../protocol/instancesPanelGuards';
import { type AnsweredUse, type Answers, EncoderEndedError } from '../../runtime/host';
import { COMMANDS, INSTANCES_VIEW } from '../contributions';
import { Disposables } from '../disposables';
import { keyOf } from '../documents';
import { rangeOf } from '../positions';
import type { Scheduler } from '../scheduler';
import {
  type AskedWord,
  moveShown,
  panelEvidence,
  panelMap,
  panelNeighbours,
  panelUses,
  panelWord,
  senseOrder,
  type ShownUses,
} from './asked';
import { compareWords } from './compare';
import { instancesPage } from '../views/instancesPage';
import { saveList, saveMap } from './save';
import { panelStrings } from '../views/instancesPanelStrings';

/** Between a change of what is read and the list made anew. */
const REFRESH_MS = 400;
/** The cursor rests on a word before the panel follows it. */
const FOLLOW_MS = 150;
const NEIGHBOURS = 40;

export interface InstancesPanelOptions {
  readonly store: AnnotationStore;
  readonly scheduler: Scheduler;
  readonly inventory: SenseInventory;
  /** The extension's folder. */
  readonly extension: vscode.Uri;
  readonly layers: readonly PanelLayer[];
}

/** What the view keeps for us while it is hidden, or the window closed. */
interface Memory {
  readonly uri: string;
  readonly offset: number;
}

/** Uses, and the message that shows them. */
interface Listed {
  readonly uses: ShownUses;
  readonly word: Extract<ToInstancesPanel, { readonly type: 'word' }>;
}

/** The panel of similar instances and the sense map: one, beside the text. */
export class InstancesPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #options: InstancesPanelOptions;
  readonly #owned = new Disposables();
  #panel: vscode.WebviewPanel | undefined;
  /** What is asked about; the answer to it may be under way. */
  #asked: AskedWord | undefined;
  #shown: ShownUses | undefined;
  /** A panel of the last session waits for its text to be read. */
  #awaited: Memory | undefined;
  #following = false;
  /** Where a reader went from the list: following the cursor there would sort the list anew. */
  #visited: { readonly document: vscode.TextDocument; readonly start: number } | undefined;
  /** Ends what is under way for the word before. */
  #asking = new vscode.CancellationTokenSource();
  /** Ends single requests, one of a kind at a time. */
  readonly #requests = new Map<PanelRequest, vscode.CancellationTokenSource>();
  #refreshTimer: NodeJS.Timeout | undefined;
  #followTimer: NodeJS.Timeout | undefined;

  constructor(options: InstancesPanelOptions) {
    this.#options = options;
    const { window, workspace } = vscode;
    this.#owned.add(window.registerWebviewPanelSerializer(INSTANCES_VIEW, this));
    this.#owned.add(window.onDidChangeTextEditorSelection((event) => this.#followSoon(event)));
    this.#owned.add(options.store.onDidChange((key) => this.#refreshSoon(key)));
    this.#owned.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
          start: rangeOffset,
          end: rangeOffset + rangeLength,
          text,
        }));
        if (this.#shown) moveShown(this.#shown, document, changes);
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
    const asked = this.#wordAt(document, offset);
    if (!asked) return false;
    this.#open();
    await this.#ask(asked);
    return true;
  }

  /** Compares the word at a place with the use the panel is about. @returns whether there are both */
  async compare(document: vscode.TextDocument, offset: number): Promise<boolean> {
    const word = this.#wordAt(document, offset);
    if (!word || !this.#panel || !this.#asked) return false;
    this.#panel.reveal(undefined, true);
    const asked = this.#asked;
    await this.#answer('comparison', (token) => compareWords([asked, word], this.#options, token));
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

  #wordAt(document: vscode.TextDocument, offset: number): AskedWord | undefined {
    const { store, inventory } = this.#options;
    const packed = store.get(keyOf(document))?.at(offset);
    if (!packed) return undefined;
    const key = inventory.key(packed.sense);
    const lemma = key.slice(0, key.indexOf('%'));
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

  /** Asks for the uses of a word, and shows them; the newest question wins. */
  async #ask(asked: AskedWord): Promise<void> {
    this.#asking.cancel();
    this.#asking = new vscode.CancellationTokenSource();
    const { token } = this.#asking;
    this.#asked = asked;
    this.#awaited = undefined;
    if (!this.#shown) this.#post({ type: 'busy', text: vscode.l10n.t('Looking for its uses …') });
    try {
      const shown = await this.#uses(asked, token);
      if (token.isCancellationRequested || !shown) return;
      this.#shown = shown.uses;
      if (this.#panel) this.#panel.title = vscode.l10n.t('“{0}”: Similar Instances', shown.word.word.lemma);
      this.#post(shown.word);
    } catch (error) {
      if (token.isCancellationRequested || isPassing(error)) return;
      this.#post({ type: 'nothing', text: (error as Error).message });
    }
  }

  /** @returns `undefined` where an edit has overtaken the answer: reading it asks again */
  async #uses(asked: AskedWord, token: vscode.CancellationToken): Promise<Listed | undefined> {
    const { scheduler, inventory } = this.#options;
    const shown = documentsInTabs();
    const documents = [
      asked.document,
      ...scheduler.documents.filter(
        (document) => document !== asked.document && shown.has(document.uri.toString()),
      ),
    ];
    const place = { document: 0, ...asked.span };
    const question = { senses: asked.senses, asked: place };
    const answer = await scheduler.ask(documents, 'uses', question, token);
    const versions = answer.documents.map(({ version }) => version);
    if (documents.some((document, i) => document.version !== versions[i])) return undefined;
    if (answer.asked < 0) return this.#usesInstead(asked, answer, documents, token);
    const uses = answer.uses.map((use) => this.#asChosen(use, documents[use.document]!));
    const shownUses: ShownUses = {
      number: (this.#shown?.number ?? 0) + 1,
      asked,
      documents,
      versions,
      uses,
      senses: senseOrder(asked.senses, uses),
      neighbours: [],
      encoder: answer.encoder,
    };
    const listed = await panelUses(shownUses, answer);
    if (documents.some((document, i) => document.version !== versions[i])) return undefined;
    const word = panelWord(shownUses, answer, inventory);
    return {
      uses: shownUses,
      word: {
        type: 'word',
        number: shownUses.number,
        word,
        uses: listed,
        asked: answer.asked,
        memory: memoryText(asked),
      },
    };
  }

  /** With the sense that the reader chose for it, which the encoder process knows nothing of. */
  #asChosen(use: AnsweredUse, document: vscode.TextDocument): AnsweredUse {
    const packed = this.#options.store.get(keyOf(document))?.at(use.start);
    if (packed?.evidence !== 'chosen' || packed.start !== use.start) return { ...use };
    const { sense, probability } = packed;
    return { ...use, sense, probability, rival: sense === use.sense ? use.rival : use.sense };
  }

  /** The word asked about is gone, as by an edit, or means another lemma now: the use nearest to its place is asked about. */
  async #usesInstead(
    { span }: AskedWord,
    answer: Answers['uses'],
    documents: readonly vscode.TextDocument[],
    token: vscode.CancellationToken,
  ): Promise<Listed | undefined> {
    const distance = (use: AnsweredUse): number =>
      use.document === 0 ? Math.abs(use.start - span.start) : Infinity;
    const [nearest] = [...answer.uses].sort((a, b) => distance(a) - distance(b));
    const asked = nearest && this.#wordAt(documents[nearest.document]!, nearest.start);
    if (!asked) throw new Error(vscode.l10n.t('This word is not in the text any more.'));
    this.#asked = asked;
    return this.#uses(asked, token);
  }

  /** Does what the view asks for; what is no message of ours is let go by. */
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
        // What is named by its place in a list that is no longer shown means something else by now.
        if (this.#shown?.number === message.word) await this.#receiveAbout(this.#shown, message);
    }
  }

  async #receiveAbout(
    shown: ShownUses,
    message: Extract<FromInstancesPanel, { readonly word: number }>,
  ): Promise<void> {
    const { inventory, scheduler } = this.#options;
    const { documents, senses } = shown;
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
        const asked = use && this.#wordAt(documents[use.document]!, use.start);
        if (asked) await this.#ask(asked);
        return;
      }
      case 'map':
        return this.#answer('map', async (token) => {
          const { method } = message;
          const question = { senses: shown.asked.senses, method };
          const answer = await scheduler.ask(documents, 'map', question, token);
          if (!this.#isAbout(shown, answer.versions)) throw new CancelledError();
          return { type: 'map', map: panelMap(method, answer, senses) };
        });
      case 'compare':
        return this.#answer('comparison', (token) => {
          const [a, b] = message.uses.map((i) => shown.uses[i]);
          const words = [a, b].map((use) => use && this.#wordAt(documents[use.document]!, use.start));
          if (!words[0] || !words[1]) throw new CancelledError();
          return compareWords([words[0], words[1]], this.#options, token);
        });
      case 'evidence':
        return this.#answer('evidence', async (token) => {
          const use = shown.uses[message.use];
          if (!use) throw new CancelledError();
          const keys = senses.map((sense) => inventory.key(sense));
          const answer = await scheduler.ask(documents, 'evidence', { place: use, senses: keys }, token);
          return { type: 'evidence', evidence: panelEvidence(message.use, answer) };
        });
      case 'neighbours':
        return this.#answer('neighbours', async (token) => {
          const place = { document: 0, ...shown.asked.span };
          const question = { place, senses: shown.asked.senses, count: NEIGHBOURS };
          const answer = await scheduler.ask(documents, 'neighbours', question, token);
          if (!this.#isAbout(shown, answer.versions)) throw new CancelledError();
          shown.neighbours = answer.neighbours;
          const packed = this.#options.store.get(keyOf(documents[0]!))?.at(place.start);
          const synset = packed ? inventory.synset(packed.sense) : -1;
          return { type: 'neighbours', neighbours: panelNeighbours(shown, synset, inventory) };
        });
      case 'saveList':
        return saveList(message.as, message.uses, shown, inventory);
    }
  }

  /** Answers one request of the panel; a failure of it is told in its place. */
  async #answer(
    what: PanelRequest,
    work: (token: vscode.CancellationToken) => Promise<ToInstancesPanel>,
  ): Promise<void> {
    this.#requests.get(what)?.cancel();
    const source = new vscode.CancellationTokenSource();
    this.#requests.set(what, source);
    try {
      const answer = await work(source.token);
      if (!source.token.isCancellationRequested) this.#post(answer);
    } catch (error) {
      // Another of the kind has taken its place.
      if (this.#requests.get(what) !== source) return;
      const text = isPassing(error)
        ? vscode.l10n.t('The text changed, or this was cancelled. Try again.')
        : (error as Error).message;
      this.#post({ type: 'failed', what, text });
    }
  }

  #cancelAll(): void {
    this.#asking.cancel();
    for (const source of this.#requests.values()) source.cancel();
  }

  #isAbout(shown: ShownUses, versions: readonly number[]): boolean {
    return this.#shown === shown && versions.every((version, i) => version === shown.versions[i]);
  }

  /** The view has loaded, maybe again: hidden ones are thrown away. */
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
      const asked = this.#wordAt(document, document.offsetAt(selections[0]!.active));
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
    const asked = this.#wordAt(document, memory.offset);
    const isRead = this.#options.store.get(keyOf(document))?.isRead(memory.offset, memory.offset + 1);
    if (!asked && !isRead) return;
    this.#awaited = undefined;
    if (asked) void this.#ask(asked);
  }

  #post(message: ToInstancesPanel): void {
    void this.#panel?.webview.postMessage(message);
  }
}

/** VS Code keeps a document for some minutes after its last tab was closed; for a reader it is closed. */
function documentsInTabs(): ReadonlySet<string> {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  return new Set(
    inputs.flatMap((input) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])),
  );
}

/** Ends by itself: the next reading, or the next request, puts it right. */
function isPassing(error: unknown): boolean {
  return error instanceof CancelledError || error instanceof EncoderEndedError;
}

function memoryText({ document, span }: AskedWord): string {
  const memory: Memory = { uri: document.uri.toString(), offset: span.start };
  return JSON.stringify(memory);
}

function memoryOf(state: unknown): Memory | undefined {
  const text = (state as { readonly memory?: unknown } | undefined)?.memory;
  if (typeof text !== 'string') return undefined;
  try {
    const { uri, offset } = JSON.parse(text) as Partial<Memory>;
    if (typeof uri === 'string' && Number.isInteger(offset) && offset! >= 0) return { uri, offset: offset! };
  } catch {
    // A view's state is what an older version left there.
  }
  return undefined;
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
