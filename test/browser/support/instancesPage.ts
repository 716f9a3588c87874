import type { Page } from 'playwright-core';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { openPage } from '../../../scripts/dev/vscode/page.mjs';
import { instancesPage } from '../../../src/extension/features/instances/page';
import type { FromInstancesPanel, ToInstancesPanel } from '../../../src/protocol/instancesPanel';
import { isFromInstancesPanel, isToInstancesPanel } from '../../../src/protocol/instancesPanelGuards';
import { root, type ThemeKind } from './editor';

const ORIGIN = 'http://panel.test';
const SCREENSHOTS = path.join(root, '.cache', 'screenshots');
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/instances.js': ['dist/instances.js', 'text/javascript'],
  '/codicon.css': ['dist/codicon.css', 'text/css'],
  '/codicon.ttf': ['dist/codicon.ttf', 'font/ttf'],
  '/instances.css': ['media/instances.css', 'text/css'],
};

/** The panel's bundle in a page of its own, under its real policy, with a stand-in for the extension. */
export class InstancesPage {
  readonly page: Page;
  /** What the page's policy refused, and errors of its script. */
  readonly complaints: string[];
  readonly #close: () => Promise<unknown>;

  private constructor(page: Page, complaints: string[], close: () => Promise<unknown>) {
    this.page = page;
    this.complaints = complaints;
    this.#close = close;
  }

  static async open(language = 'en'): Promise<InstancesPage> {
    const { page, close } = await openPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    const html = instancesPage({
      cspSource: ORIGIN,
      nonce: 'abc',
      scriptUri: `${ORIGIN}/instances.js`,
      styleUri: `${ORIGIN}/instances.css`,
      iconsUri: `${ORIGIN}/codicon.css`,
      language,
      title: 'Similar instances',
    });
    await page.route(`${ORIGIN}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      const found = FILES[pathname];
      if (pathname === '/') await route.fulfill({ body: html, contentType: 'text/html' });
      else if (found)
        await route.fulfill({ body: await readFile(path.join(root, found[0])), contentType: found[1] });
      else await route.abort();
    });
    await page.addInitScript(STAND_IN);
    const panel = new InstancesPage(page, complaints, close);
    await panel.reload();
    return panel;
  }

  close(): Promise<unknown> {
    return this.#close();
  }

  /** Opens the page anew, as VS Code does when it was hidden; its kept state stays. */
  async reload(): Promise<void> {
    await this.page.goto(`${ORIGIN}/`);
    await this.whenSent('ready');
  }

  /** Sends messages that the protocol allows. */
  async send(...messages: readonly ToInstancesPanel[]): Promise<void> {
    for (const message of messages) {
      if (!isToInstancesPanel(message))
        throw new Error(`No message to the panel: ${JSON.stringify(message)}`);
      await this.sendAnything(message);
    }
  }

  async sendAnything(message: unknown): Promise<void> {
    await this.page.evaluate((data) => window.postMessage(data, '*'), message);
  }

  /** The messages that the page has sent since the last call. */
  async sent(): Promise<FromInstancesPanel[]> {
    const messages = await this.page.evaluate(() =>
      (window as unknown as { sent: unknown[] }).sent.splice(0),
    );
    for (const message of messages)
      if (!isFromInstancesPanel(message)) throw new Error(`No message: ${JSON.stringify(message)}`);
    return messages as FromInstancesPanel[];
  }

  /** Waits for a message of a type; others are passed over. */
  async whenSent<Type extends FromInstancesPanel['type']>(
    type: Type,
  ): Promise<Extract<FromInstancesPanel, { readonly type: Type }>> {
    await this.page.waitForFunction(
      (wanted) => (window as unknown as { sent: { type: string }[] }).sent.some((m) => m.type === wanted),
      type,
    );
    const messages = await this.sent();
    return messages.find((message) => message.type === type) as Extract<FromInstancesPanel, { type: Type }>;
  }

  /** Sets the colours that VS Code 1.139 gives to pages under one of its themes (themes.json), and our own. */
  async setTheme(kind: ThemeKind): Promise<void> {
    const themes = JSON.parse(
      await readFile(path.join(root, 'test/browser/support/themes.json'), 'utf8'),
    ) as Record<ThemeKind, Record<string, string>>;
    const { contributes } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      contributes: { colors: { id: string; defaults: Record<string, string> }[] };
    };
    const variant = {
      vs: 'light',
      'vs-dark': 'dark',
      'hc-black': 'highContrast',
      'hc-light': 'highContrastLight',
    }[kind];
    const own = contributes.colors.map(({ id, defaults }) => [
      `--vscode-${id.replace('.', '-')}`,
      defaults[variant]!,
    ]);
    await this.page.evaluate(
      ([variables, name]) => {
        const { style } = document.documentElement;
        style.cssText = '';
        for (const [variable, value] of Object.entries(variables)) style.setProperty(variable, value);
        document.body.className = name;
      },
      [
        { ...themes[kind], ...(Object.fromEntries(own) as Record<string, string>) },
        {
          vs: 'vscode-light',
          'vs-dark': 'vscode-dark',
          'hc-black': 'vscode-high-contrast',
          'hc-light': 'vscode-high-contrast vscode-high-contrast-light',
        }[kind],
      ] as const,
    );
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(SCREENSHOTS, { recursive: true });
    await this.page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
  }
}

/** Runs in the page before its script: what VS Code offers to a webview. As text, since tsx would reach for helpers. */
const STAND_IN = `
  window.sent = [];
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => sent.push(message),
    getState: () => JSON.parse(sessionStorage.getItem('state')),
    setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
  });`;
