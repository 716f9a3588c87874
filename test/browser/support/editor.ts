import type { FrameLocator, Locator, Page } from 'playwright-core';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openPage, visit } from '../../../scripts/dev/vscode/page.mjs';
import { type Server, type ServerOptions, startServer } from '../../../scripts/dev/vscode/server.mjs';

export const root = path.resolve(__dirname, '..', '..', '..');
const SCREENSHOTS = path.join(root, '.cache', 'screenshots');

/** VS Code's own themes, one of each kind, by the class that the workbench bears under it: their names in the list. */
export const THEMES = {
  vs: 'Light 2026',
  'vs-dark': 'Dark 2026',
  'hc-black': 'Dark High Contrast',
  'hc-light': 'Light High Contrast',
} as const;
export type ThemeKind = keyof typeof THEMES;

/** How long something may take on a busy machine before the test gives up. */
const PATIENCE_MS = 60_000;
/** How long one try of something that may need several takes: the mouse can come before the editor is ready. */
const TRY_MS = 4_000;
const TRIES = 8;

export interface EditorOptions extends Pick<ServerOptions, 'settings'> {
  /** Text of the document. Without it, the sample manuscript. */
  readonly text?: string;
  /** Folder of the extension, if not this clone. */
  readonly extension?: string;
  /** An extension from a package, rather than the one of this clone. */
  readonly vsix?: string;
}

/** A private VS Code with one document open, driven as a reader would. */
export class Editor {
  readonly page: Page;
  readonly #server: Server;
  readonly #closers: readonly (() => Promise<unknown>)[];

  private constructor(page: Page, server: Server, closers: readonly (() => Promise<unknown>)[]) {
    this.page = page;
    this.#server = server;
    this.#closers = closers;
  }

  /** Opens a document in a copy of its own, in a fresh profile. */
  static async open({ text, vsix, extension = root, settings = {} }: EditorOptions = {}): Promise<Editor> {
    const closers: (() => Promise<unknown>)[] = [];
    try {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'glossight-page-'));
      closers.unshift(() => rm(folder, { recursive: true, force: true }));
      const file = path.join(folder, 'manuscript.md');
      if (text === undefined) await cp(path.join(root, 'examples', 'manuscript.md'), file);
      else await writeFile(file, text);
      const server = await startServer({
        driver: true,
        settings: { 'workbench.colorTheme': THEMES.vs, ...settings },
        ...(vsix === undefined ? { extension } : { vsix }),
      });
      closers.unshift(() => server.stop());
      const { page, close } = await openPage();
      closers.unshift(close);
      const editor = new Editor(page, server, closers);
      await visit(page, server.url({ file }));
      await editor.#restored();
      await editor.lines.first().waitFor({ timeout: PATIENCE_MS });
      return editor;
    } catch (error) {
      for (const close of closers) await close();
      throw error;
    }
  }

  async close(): Promise<void> {
    for (const close of this.#closers) await close();
  }

  /** What the server has written: where a failure often explains itself. */
  log(): Promise<string> {
    return this.#server.log();
  }

  /** The lines on the screen, of the active group. */
  get lines(): Locator {
    return this.page.locator('.editor-group-container.active .view-line');
  }

  /** What the webview shows. */
  get panel(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  get hoverCard(): Locator {
    return this.page.locator('.monaco-hover:not(.hidden) .hover-contents');
  }

  get statusItem(): Locator {
    return this.page.locator('.statusbar-item[id*="glossight.status"]');
  }

  /** Waits for a notification, in the list of them: an editor that is driven by a page shows none by itself. */
  async whenNotified(message: RegExp): Promise<void> {
    await this.runCommand('Notifications: Show Notifications');
    await this.page
      .locator('.notifications-center .notification-list-item-message')
      .filter({ hasText: message })
      .waitFor({ timeout: PATIENCE_MS });
  }

  /** The words that are underlined on the screen, in the order of the text. */
  async underlined(): Promise<string[]> {
    const words = await this.page.evaluate(wordsOnScreen);
    return words.filter(({ underlined }) => underlined).map(({ text }) => text);
  }

  /** Waits until exactly the expected words are underlined. */
  async whenUnderlined(isSo: (words: readonly string[]) => boolean): Promise<string[]> {
    return eventually(
      () => this.underlined(),
      isSo,
      (words) => `underlined: ${words.join(', ') || 'nothing'}`,
    );
  }

  /** Moves the mouse over a word and waits for a card with the expected text. */
  async hoverWord(word: string, card: RegExp, occurrence = 0): Promise<Locator> {
    const shown = this.hoverCard.filter({ hasText: card }).first();
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const { x, y } = await this.#placeOf(word, occurrence);
      // From outside, and in steps: a pointer that jumps shows nothing.
      await this.page.mouse.move(x - 60, y + 150);
      await this.page.mouse.move(x, y, { steps: 5 });
      if (await isVisible(shown)) return shown;
    }
    throw new Error(
      `No card over “${word}” says ${card}; shown: ${(await this.hoverCard.allInnerTexts()).join(' | ')}`,
    );
  }

  /** Selects a word with the mouse. */
  async selectWord(word: string, occurrence = 0): Promise<void> {
    const { x, y } = await this.#placeOf(word, occurrence);
    await this.page.mouse.dblclick(x, y);
  }

  /** Types over a word, as a writer does who looks for a better one. */
  async replaceWord(word: string, by: string, occurrence = 0): Promise<void> {
    await this.selectWord(word, occurrence);
    await this.page.keyboard.type(by, { delay: 20 });
  }

  /** Puts the cursor at the start of a word and types. */
  async typeAt(word: string, text: string, occurrence = 0): Promise<void> {
    await this.selectWord(word, occurrence);
    await this.page.keyboard.press('ArrowLeft');
    await this.page.keyboard.type(text, { delay: 20 });
  }

  /** Runs a command by its title in the command palette. */
  async runCommand(title: string): Promise<void> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      await this.page.keyboard.press('F1');
      if (!(await isVisible(this.#quickInput))) continue;
      await this.#quickInput.fill(`>${title}`);
      if (await isVisible(this.#quickRow(title))) return this.#quickRow(title).click();
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`The command palette does not offer “${title}”.`);
  }

  async setTheme(kind: ThemeKind): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.#quickInput.fill(THEMES[kind]);
    await this.#quickRow(THEMES[kind]).click();
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor({ timeout: PATIENCE_MS });
  }

  /** Keeps a picture in .cache/screenshots, for people to look at. */
  async screenshot(name: string): Promise<void> {
    await mkdir(SCREENSHOTS, { recursive: true });
    // A card fades in: without the end of its animation it looks grey.
    await this.page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
  }

  get #quickInput(): Locator {
    return this.page.locator('.quick-input-widget input[type="text"]');
  }

  #quickRow(label: string): Locator {
    return this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .first();
  }

  async #restored(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: PATIENCE_MS });
    await this.page.waitForFunction('globalThis.driver !== undefined', undefined, { timeout: PATIENCE_MS });
    await this.page.evaluate('globalThis.driver.whenWorkbenchRestored()');
  }

  /** Where a word stands on the screen, in pixels. */
  async #placeOf(word: string, occurrence: number): Promise<{ x: number; y: number }> {
    const places = await eventually(
      async () => (await this.page.evaluate(wordsOnScreen)).filter(({ text }) => text === word),
      ({ length }) => length > occurrence,
      ({ length }) => `“${word}” is ${length} times on the screen`,
    );
    return places[occurrence]!;
  }
}

/** Opens an editor for one suite. Call it inside `describe`. */
export function editorForSuite(options?: () => EditorOptions): () => Editor {
  let editor: Editor | undefined;
  before(async () => {
    editor = await Editor.open(options?.());
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed' || !editor) return;
    await editor.screenshot(`failed ${this.currentTest.title.replace(/[^\w ]/g, '')}`);
    console.error(await editor.log());
  });
  after(() => editor?.close());
  return () => editor!;
}

/** Looks again and again until the value is the expected one. */
async function eventually<Value>(
  look: () => Promise<Value>,
  isSo: (value: Value) => boolean,
  describeValue: (value: Value) => string,
): Promise<Value> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await look();
    if (isSo(value)) return value;
    if (Date.now() > end) throw new Error(`Waited in vain; ${describeValue(value)}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function isVisible(locator: Locator): Promise<boolean> {
  return locator.waitFor({ state: 'visible', timeout: TRY_MS }).then(
    () => true,
    () => false,
  );
}

interface WordOnScreen {
  readonly text: string;
  /** Its middle, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly underlined: boolean;
}

/**
 * Runs in the page, so it may call nothing of this file: the words of the active editor, in the order of the text.
 * Underlines are boxes of their own under the text; a word may be cut over several elements.
 */
function wordsOnScreen(): WordOnScreen[] {
  const words: WordOnScreen[] = [];
  const group = document.querySelector('.editor-group-container.active');
  if (!group) return words;
  const boxes = [...group.querySelectorAll('.view-overlays [class*="TextEditorDecorationType"]')].map((box) =>
    box.getBoundingClientRect(),
  );
  for (const line of group.querySelectorAll('.view-line')) {
    const pieces: Text[] = [];
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) pieces.push(walker.currentNode as Text);
    const lineText = pieces.map(({ data }) => data).join('');
    for (const { 0: text, index: start } of lineText.matchAll(/[\p{L}\p{N}]+(?:[’'-][\p{L}\p{N}]+)*/gu)) {
      const range = document.createRange();
      const end = start + text.length;
      let from = 0;
      for (const piece of pieces) {
        const to = from + piece.length;
        if (from <= start && start < to) range.setStart(piece, start - from);
        if (from < end && end <= to) range.setEnd(piece, end - from);
        from = to;
      }
      const place = range.getBoundingClientRect();
      const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
      const underlined = boxes.some(
        ({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom,
      );
      words.push({ text, x, y, underlined });
    }
  }
  return words.sort((a, b) => a.y - b.y || a.x - b.x);
}
