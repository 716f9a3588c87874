import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from '../support/manifest';

/** The TypeScript files below a folder of the project, named from its root with slashes. */
function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')));
}

interface Taken {
  readonly place: string;
  readonly names: readonly string[];
  readonly isGivenOn: boolean;
}

/** What each import takes from a place, and each export gives on from there. */
function namesFrom(file: string): readonly Taken[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
  );
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const bindings = ts.isImportDeclaration(statement)
      ? statement.importClause?.namedBindings
      : statement.exportClause;
    const elements = bindings && 'elements' in bindings ? [...bindings.elements] : [];
    const { moduleSpecifier } = statement;
    if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return [];
    const place = path.posix.join(path.posix.dirname(file), moduleSpecifier.text);
    return [
      {
        place,
        names: elements.map(({ name, propertyName }) => (propertyName ?? name).text),
        isGivenOn: ts.isExportDeclaration(statement),
      },
    ];
  });
}

describe('the doors of the rooms', () => {
  const doors = filesBelow('src').filter((file) => path.posix.basename(file) === 'index.ts');
  const imports = ['src', 'test', 'bench', 'scripts'].flatMap(filesBelow).flatMap(namesFrom);

  it('are there', () => assert.ok(doors.length > 10));

  for (const door of doors) {
    it(`give nothing that nobody takes: ${door}`, () => {
      const room = path.posix.dirname(door);
      const taken = new Set(imports.flatMap(({ place, names }) => (place === room ? names : [])));
      const given = namesFrom(door).flatMap(({ names, isGivenOn }) => (isGivenOn ? names : []));
      assert.deepEqual(
        given.filter((name) => !taken.has(name)),
        [],
      );
    });
  }

  it('name what they give', () => {
    for (const door of doors)
      assert.doesNotMatch(readFileSync(path.join(root, door), 'utf8'), /export \*/, door);
  });
});
