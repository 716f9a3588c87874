import assert from 'node:assert/strict';
import ts from 'typescript';
import {
  CHOICES,
  COLOURS,
  COMMANDS,
  CONTEXT_KEYS,
  SECTION,
  SENSES_SCHEME,
  VIEWS,
} from '../../src/extension/services/contributions';
import { readManifest, readStrings, readText } from '../support/manifest';

const text = readText('package.json');
const { commands, keybindings, configuration, colors, menus, views } = readManifest().contributes;
const properties = Object.assign({}, ...configuration.map((group) => group.properties)) as Record<
  string,
  { enum?: readonly string[] }
>;

function assertSame(actual: Iterable<string>, expected: Iterable<string>): void {
  assert.deepEqual([...actual].sort(), [...expected].sort());
}

/** Settings of earlier versions: renaming one, or removing a choice, would break what readers have set. */
const KEPT_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  'reading.enabled': [],
  'reading.languages': [],
  'reading.markdownDialect': ['auto', 'markdown', 'mdx'],
  'annotations.show': ['off', 'unsure', 'all', 'activeLine'],
  'annotations.minimumSenses': [],
  'annotations.maximumMargin': [],
  recipe: ['default', 'textbook'],
  layerRule: ['mean4', 'last'],
  'consistency.severity': ['automatic', 'error', 'warning', 'information', 'hint', 'off'],
  'consistency.profile': ['default', 'technical', 'fiction', 'custom'],
  'consistency.scope': ['document', 'section'],
  'consistency.ignoredWords': [],
  'consistency.ignoredInDocuments': [],
  'encoder.source': [],
  'encoder.hub': [],
  'encoder.threads': [],
  'cache.maximumSize': [],
};

/** Names of the properties of the interface Settings, which is gone at run time. */
function settingNames(): string[] {
  const file = 'src/extension/services/contributions.ts';
  const source = ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest);
  const settings = source.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === 'Settings',
  ) as ts.InterfaceDeclaration;
  return settings.members.map(({ name }) => (name as ts.StringLiteral | ts.Identifier).text);
}

/** What a pattern's group matches in the `when` clauses of the manifest. */
function inClauses(pattern: RegExp): Set<string> {
  const clauses = [...text.matchAll(/"when": "([^"]*)"/g)].map(([, clause]) => clause!);
  return new Set(clauses.flatMap((clause) => [...clause.matchAll(pattern)].map(([, name]) => name!)));
}

describe('the manifest', () => {
  it('has the commands of the sources', () => {
    assertSame(
      commands.map(({ command }) => command),
      Object.values(COMMANDS),
    );
  });

  it('has the settings of the sources', () => {
    assertSame(
      Object.keys(properties),
      settingNames().map((name) => `${SECTION}.${name}`),
    );
  });

  it('keeps the settings that readers may have set, and what they can be set to', () => {
    for (const [name, choices] of Object.entries(KEPT_SETTINGS)) {
      const property = properties[`${SECTION}.${name}`];
      assert.ok(property, `${name}: read it under its old name, and say so in docs/formats.md`);
      for (const choice of choices) assert.ok(property.enum?.includes(choice), `${name}: ${choice}`);
    }
  });

  it('offers the choices of the sources', () => {
    const offered = Object.entries(properties).flatMap(([name, { enum: values }]) =>
      values ? [[name, values] as const] : [],
    );
    const known = Object.entries(CHOICES).map(([name, values]) => [`${SECTION}.${name}`, values] as const);
    assert.deepEqual(Object.fromEntries(offered), Object.fromEntries(known));
  });

  it('has the colours of the sources', () => {
    assertSame(
      colors.map(({ id }) => id),
      Object.values(COLOURS),
    );
  });

  it('has the views of the sources', () => {
    assertSame(
      Object.values(views).flatMap((own) => own.map(({ id }) => id)),
      Object.values(VIEWS),
    );
  });

  it('names the context keys and the scheme of the sources', () => {
    assertSame(inClauses(/\b(glossight\.\w+)/g), Object.values(CONTEXT_KEYS));
    assertSame(inClauses(/resourceScheme == ([\w-]+)/g), [SENSES_SCHEME]);
  });

  it('puts only commands it has into menus and on keys', () => {
    const known = new Set(commands.map(({ command }) => command));
    const named = [...Object.values(menus).flat(), ...keybindings].flatMap(({ command }) => command ?? []);
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((command) => !known.has(command)),
      [],
    );
  });

  it('puts one command on a chord, and on the same chord of a Mac', () => {
    assert.equal(new Set(keybindings.map(({ key }) => key)).size, keybindings.length);
    for (const { key, mac, when } of keybindings) {
      assert.match(key, /^ctrl\+alt\+g [a-z]$/);
      assert.equal(mac, key.replace('ctrl', 'cmd'));
      assert.match(when, /^editorTextFocus && /);
    }
  });

  it('has a text for every key, and no other text', () => {
    const keys = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!);
    assertSame(new Set(keys), Object.keys(readStrings('package.nls.json')));
  });
});
