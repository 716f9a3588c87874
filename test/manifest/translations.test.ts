import { getL10nJson } from '@vscode/l10n-dev';
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readStrings, readText, root } from '../support/manifest';

const LANGUAGES = ['de'];
const sources = readdirSync(path.join(root, 'src/extension'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readText(path.join('src/extension', file)));

function placeholders(text: string): string[] {
  return (text.match(/\{\d+\}/g) ?? []).sort();
}

/** Titles of our commands that a text names, such as “Glossight: Show Log”. */
function namedCommands(text: string): string[] {
  return [...text.matchAll(/Glossight: ([^”“*]+)[”“*]/g)].map(([, title]) => title!);
}

describe('the strings of the extension', () => {
  it('are those of the bundle: run `npm run l10n` when not', async () => {
    const found = await getL10nJson(sources.map((contents) => ({ extension: '.ts', contents })));
    assert.ok(Object.keys(found).length > 0);
    assert.deepEqual(readStrings('l10n/bundle.l10n.json'), found);
  });

  it('are written out where they are used, as the bundle is made from the source', () => {
    for (const source of sources) assert.doesNotMatch(source, /l10n\.t\(\s*[^\s'"]/);
  });
});

for (const language of LANGUAGES) {
  describe(`the translation into ${language}`, () => {
    const pairs = [
      ['l10n/bundle.l10n.json', `l10n/bundle.l10n.${language}.json`],
      ['package.nls.json', `package.nls.${language}.json`],
    ] as const;
    const titles = Object.entries(readStrings(`package.nls.${language}.json`)).flatMap(([key, title]) =>
      key.startsWith('command.') ? title : [],
    );

    for (const [english, translated] of pairs) {
      it(`has every string of ${english}, and no other, with its placeholders`, () => {
        const [originals, translations] = [readStrings(english), readStrings(translated)];
        assert.deepEqual(Object.keys(translations).sort(), Object.keys(originals).sort());
        for (const [key, original] of Object.entries(originals)) {
          assert.notEqual(translations[key]!.trim(), '', key);
          assert.deepEqual(placeholders(translations[key]!), placeholders(original), key);
        }
      });

      it(`calls the commands in ${translated} by their translated titles`, () => {
        const [originals, translations] = [readStrings(english), readStrings(translated)];
        for (const [key, original] of Object.entries(originals)) {
          const named = namedCommands(translations[key]!);
          assert.equal(named.length, namedCommands(original).length, key);
          for (const title of named) assert.ok(titles.includes(title), `${title} is no command`);
        }
      });
    }
  });
}
