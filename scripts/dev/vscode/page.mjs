// A headless Chromium page for a private code-server.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { browser as findBrowser } from './runtime.mjs';

const ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/**
 * @returns {Promise<{ page: import('playwright-core').Page, close: () => Promise<void> }>}
 * @throws Problem
 */
export async function openPage() {
  const { executablePath, env } = await findBrowser();
  const home = await mkdtemp(path.join(os.tmpdir(), 'glossight-browser-'));
  const removeHome = () => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  try {
    const browser = await chromium.launch({
      executablePath,
      // No sandbox, as few containers allow it, and only Glossight's own editor is opened.
      args: [...ARGUMENTS, '--no-sandbox'],
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, TMPDIR: home, ...env },
    });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const close = async () => {
      await browser.close();
      await removeHome();
    };
    return { page: await context.newPage(), close };
  } catch (error) {
    await removeHome();
    throw error;
  }
}

/**
 * Opens a window of the editor.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @throws when the editor itself is broken, which the server's health does not show
 */
export async function visit(page, url) {
  const response = await page.goto(url, { timeout: 120_000 });
  if (!response?.ok())
    throw new Error(
      `The editor answered ${response?.status()}: ${(await response?.text())?.slice(0, 2000) ?? 'nothing'}`,
    );
}
