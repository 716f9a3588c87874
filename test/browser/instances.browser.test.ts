import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { editorForSuite, THEMES, type ThemeKind } from './support/editor';

describe('similar instances in the editor', () => {
  const editor = editorForSuite();
  const panel = (): FrameLocator => editor().panel;
  const rows = (): Locator => panel().locator('.rows .row[data-use]');
  const cursorAt = (line: number): Promise<void> =>
    editor()
      .page.locator('.statusbar-item', { hasText: new RegExp(`Ln ${line},`) })
      .waitFor();

  it('lists the uses of the word at the cursor', async () => {
    await editor().whenUnderlined((words) => words.includes('bass'));
    await editor().selectWord('bass');
    await editor().runCommand('Glossight: Show Similar Instances');
    await panel().getByText('4 uses in manuscript.md').waitFor();
    assert.equal(await rows().count(), 4);
    assert.match(await rows().first().innerText(), /electric guitar and/);
    await editor().screenshot('instances');
  });

  it('goes to a use by a click', async () => {
    await rows().filter({ hasText: 'the oars' }).getByText('bass').click();
    // The focus stays in the list.
    await editor().page.locator('.view-line', { hasText: 'the oars of a' }).waitFor();
  });

  it('goes to a use and back by the keyboard alone', async () => {
    await editor().runCommand('Glossight: Go to Similar Instances');
    await panel().getByRole('grid').locator(':focus').waitFor();
    await editor().page.keyboard.press('Home');
    await editor().page.keyboard.press('Enter');
    await cursorAt(10);
    await editor().runCommand('Glossight: Go to Similar Instances');
    await panel().getByRole('grid').locator(':focus').waitFor();
  });

  it('draws their map, and says why a sense was chosen', async () => {
    await panel().getByRole('tab', { name: 'Sense map' }).click();
    await panel().getByText('Variance explained').waitFor();
    await panel().getByRole('tab', { name: 'Why this sense?' }).click();
    await panel().locator('.evidence').getByText('bass').first().waitFor();
  });

  for (const kind of Object.keys(THEMES) as ThemeKind[]) {
    it(`is drawn in ${THEMES[kind]}`, async () => {
      await editor().setTheme(kind);
      await panel().locator(`body.${CLASSES[kind]}`).waitFor();
      await editor().screenshot(`instances ${kind}`);
    });
  }
});

/** What VS Code calls the kinds of themes in a webview. */
const CLASSES: Readonly<Record<ThemeKind, string>> = {
  vs: 'vscode-light',
  'vs-dark': 'vscode-dark',
  'hc-black': 'vscode-high-contrast:not(.vscode-high-contrast-light)',
  'hc-light': 'vscode-high-contrast-light',
};
