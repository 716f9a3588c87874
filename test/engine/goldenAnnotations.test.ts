/**
 * The shipped model's annotations of a few passages, as text to be read: test/fixtures/golden/*.txt, in the format of
 * `glossight annotate --format marks`. To add a passage, write it into a file;
 * `UPDATE_GOLDEN=1 npx mocha test/engine/goldenAnnotations.test.ts` writes all marks anew, so that the difference can be read.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { documentPart } from '../../src/core/export/document';
import { createMarksExporter } from '../../src/core/export/marksExporter';
import { createPlaceFinder } from '../../src/core/prose/place';
import { silentLogger } from '../../src/core/util/logger';
import type { Engine } from '../../src/engine/engine';
import { openEngine } from '../../src/node/process/openEngine';
import { readerSettings, wordnet } from '../support/artifacts';
import { root } from '../support/cli';

const folder = path.join(root, 'test', 'fixtures', 'golden');
/** Matches a line of marks; no line of the passages looks like one. */
const MARKS = /^[ \t]*(?:\^+|\.+|~[~ \t]*) \S.*$/;
const PROBABILITY = / (\d\.\d\d)$/;
/** Processors round differently, which may show in the second digit. */
const TOLERANCE = 0.02 + 1e-9;

/** The text with probabilities replaced by the expected ones if they are near enough, so that only real differences are left. */
function settled(actual: string, expected: string): string {
  const lines = expected.split('\n');
  return actual
    .split('\n')
    .map((line, i) => {
      const other = lines[i] ?? '';
      if (!MARKS.test(line) || line.replace(PROBABILITY, '') !== other.replace(PROBABILITY, '')) return line;
      const [here, there] = [line, other].map((one) => Number(PROBABILITY.exec(one)?.[1]));
      return Math.abs(here! - there!) <= TOLERANCE ? other : line;
    })
    .join('\n');
}

describe('annotations of the shipped model', () => {
  let engine: Engine;
  before(async () => (engine = await openEngine(readerSettings, silentLogger)));
  after(() => engine.dispose());

  async function marked(text: string): Promise<string> {
    const exporter = createMarksExporter({ text });
    const placeOf = createPlaceFinder(text);
    let whole = exporter.head;
    await engine.read({ text, format: 'markdown' }, ({ readings }) => {
      for (const reading of readings) whole += exporter.part(documentPart(reading, wordnet(), placeOf));
    });
    return whole + exporter.tail();
  }

  for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt'))) {
    it(`are as in ${name}`, async () => {
      const file = path.join(folder, name);
      const expected = readFileSync(file, 'utf8');
      const passages = expected
        .split('\n')
        .filter((line) => !MARKS.test(line))
        .join('\n');
      const actual = await marked(passages);
      if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(file, actual);
      else assert.equal(settled(actual, expected), expected);
    });
  }

  it('are those that docs/formats.md shows', () => {
    const documentation = readFileSync(path.join(root, 'docs', 'formats.md'), 'utf8');
    const [, example] = /^## `annotate --format marks`$.*?^```\n(.*?)^```$/ms.exec(documentation)!;
    assert.ok(readFileSync(path.join(folder, 'units-and-names.txt'), 'utf8').includes(example!));
  });

  it('may differ in the second digit of a probability, and in nothing else', () => {
    const expected = 'a bank\n  ^^^^ bank%1:17:01:: 0.71\n';
    assert.equal(settled(expected.replace('0.71', '0.73'), expected), expected);
    for (const [from, to] of [
      ['0.71', '0.74'],
      ['1:17:01', '1:14:00'],
      ['  ^^^^', ' ^^^^'],
      [' 0.71', ''],
    ] as const)
      assert.notEqual(settled(expected.replace(from, to), expected), expected);
  });
});
