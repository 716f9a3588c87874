import assert from 'node:assert/strict';
import { editorForSuite, THEMES, type ThemeKind } from './support/editor';

describe('reading in the editor', () => {
  const editor = editorForSuite();

  it('underlines words with several senses', async () => {
    const words = await editor().whenUnderlined((all) => all.includes('bass') && all.includes('played'));
    assert.ok(!words.includes('the'), 'a function word is underlined');
  });

  it('says in the status bar that the document has been read', async () => {
    await editor()
      .statusItem.filter({ hasText: /\d+ words, \d+ unsure/ })
      .waitFor();
  });

  it('shows the sense of the word under the mouse', async () => {
    await editor().hoverWord(
      'guitar',
      /electric guitar · noun[^]*sound is amplified[^]*guitar by itself: noun, a stringed instrument/,
    );
    await editor().screenshot('card of a unit');
  });

  it('shows two senses of one word in one paragraph', async () => {
    await editor().hoverWord('bass', /bass/, 0);
  });

  it('lists the senses of the sentence at the cursor', async () => {
    await editor().selectWord('amplifier');
    await editor().page.keyboard.press('ArrowLeft');
    await editor().runCommand('Glossight: Disambiguate Selection');
    await editor().lines.filter({ hasText: 'bank%1:14:00::' }).waitFor();
    await editor().screenshot('senses');
    await editor().runCommand('View: Close Editor');
  });

  it('reads again what is edited', async () => {
    await editor().replaceWord('amplifier', 'bridge');
    await editor().whenUnderlined((all) => all.includes('bridge') && all.includes('loan'));
    await editor().hoverWord('bridge', /bridge · noun/);
    await editor().runCommand('File: Revert File');
    await editor().whenUnderlined((all) => all.includes('loan') && !all.includes('bridge'));
  });

  for (const kind of Object.keys(THEMES) as ThemeKind[]) {
    it(`is drawn in ${THEMES[kind]}`, async () => {
      await editor().setTheme(kind);
      await editor().page.mouse.move(640, 20);
      await editor().screenshot(`page ${kind}`);
      await editor().hoverWord('bass', /bass/, 0);
      await editor().screenshot(`card ${kind}`);
      await editor().page.keyboard.press('Escape');
    });
  }
});
