import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { editorForSuite, THEMES, type ThemeKind } from './support/editor';

describe('similar instances in the editor', () => {
  const editor = editorForSuite();
  const panel = (): FrameLocator => editor().panel;
  const rows = (): Locator => panel().getByRole('row');

  it('shows the uses of the word at the cursor', async () => {
    await editor().whenUnderlined((words) => words.includes('bass'));
    await editor().selectWord('bass');
    await editor().runCommand('Glossight: Show Similar Instances');
    await panel().getByText(/uses in/).first().waitFor();
    await editor().screenshot('instances');
    assert.ok((await rows().count()) > 3);
  });

  it('draws their map', async () => {
    await panel().getByRole('tab', { name: 'Map' }).click();
    await panel().locator('svg').first().waitFor();
    await editor().screenshot('instances map');
  });

  for (const kind of Object.keys(THEMES) as ThemeKind[]) {
    it(`is drawn in ${THEMES[kind]}`, async () => {
      await editor().setTheme(kind);
      await editor().screenshot(`instances ${kind}`);
    });
  }
});
