/**
 * Small inputs that stand for kinds of faults, read by the shipped model: those of `../shared/field`, where it is there, and our own in
 * test/fixtures/field/cases.jsonl, in the same form. Every case that does not hold is listed; those of the mended kinds have to hold.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Annotation } from '../../src/core/annotations/annotation';
import type { Span } from '../../src/core/model';
import { createProjectInventory } from '../../src/core/project/projectInventory';
import { silentLogger } from '../../src/core/util/logger';
import type { Reading } from '../../src/core/pipeline';
import type { Engine } from '../../src/engine/engine';
import { openEngine } from '../../src/node/process/openEngine';
import { readerSettings, wordnet } from '../support/artifacts';
import { root } from '../support/cli';
import { projectSense } from '../support/projectSense';

/** Kinds of faults that are not mended yet: their cases are listed, and need not hold. */
const OPEN: ReadonlySet<string> = new Set(['only sense']);
/** Run as commands in test/cli/annotate.test.ts and check.test.ts. */
const OF_THE_COMMAND_LINE = 'cli';

/** One line of a file of cases; what it expects is told in `../shared/field/README.md`. */
interface FieldCase {
  readonly kind: string;
  readonly format: 'plaintext' | 'markdown' | 'mdx' | 'cli';
  readonly text: string;
  readonly target: string;
  readonly expect: 'annotated' | 'notAnnotated' | 'unit' | 'noUnit' | 'notSure' | 'read';
  readonly lemma?: string;
  readonly partOfSpeech?: string;
  /** The annotated text. */
  readonly span?: string;
  readonly notSense?: readonly string[];
  /** A term that the project has a sense for. */
  readonly own?: string;
}

const inventory = createProjectInventory(wordnet());
const OWN = path.join(root, 'test', 'fixtures', 'field', 'cases.jsonl');
const SHARED_CASES = path.resolve(root, '..', 'shared', 'field', 'cases.jsonl');

function casesIn(file: string): readonly FieldCase[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as FieldCase);
}

/** What is wrong about a reading of the case's text; nothing if the case holds. */
function faultIn(one: FieldCase, { annotations, abstentions }: Reading): string | undefined {
  const start = one.text.indexOf(one.target);
  const end = start + one.target.length;
  const all = annotations.flatMap((annotation) => [annotation, ...(annotation.parts ?? [])]);
  const overlapping = all.filter((span) => span.start < end && start < span.end);
  const said = [
    ...overlapping.map(({ text, sense }) => `${text}: ${inventory.key(sense)}`),
    ...abstentions
      .filter((span) => span.start < end && start < span.end)
      .map(({ text, reason }) => `${text}: ${reason}`),
  ].join(', ');
  return holds(one, all, { start, end }) ? undefined : `${JSON.stringify(one)}\n    has ${said || 'nothing'}`;
}

function holds(one: FieldCase, all: readonly Annotation[], target: Span): boolean {
  const overlapping = all.filter((span) => span.start < target.end && target.start < span.end);
  const covering = overlapping.filter((span) => span.start <= target.start && target.end <= span.end);
  const isUnit = covering.some(
    ({ start, end, lemma }) => start === target.start && end === target.end && /[_-]/.test(lemma),
  );
  switch (one.expect) {
    case 'annotated':
      return covering.some(
        (annotation) =>
          (one.lemma === undefined || annotation.lemma.replaceAll('_', ' ') === one.lemma) &&
          (one.partOfSpeech === undefined || annotation.partOfSpeech === one.partOfSpeech) &&
          (one.span === undefined || annotation.text === one.span) &&
          !one.notSense?.includes(inventory.key(annotation.sense)),
      );
    case 'notAnnotated':
      return overlapping.length === 0;
    case 'unit':
      return isUnit;
    case 'noUnit':
      return !isUnit;
    case 'notSure':
      return overlapping.every(({ doubt }) => doubt !== undefined);
    case 'read':
      return false;
  }
}

describe('cases from the field', () => {
  let engine: Engine;
  before(async () => (engine = await openEngine(readerSettings, silentLogger)));
  after(() => engine.dispose());

  async function faultOf(one: FieldCase): Promise<string | undefined> {
    const format = one.format === 'plaintext' ? 'plain' : one.format === 'mdx' ? 'mdx' : 'markdown';
    const senses = one.own === undefined ? [] : [projectSense(0, one.own, { wordnet: 'below' })];
    inventory.take(senses);
    await engine.teach({ senses, lessons: [] });
    const readings: Reading[] = [];
    await engine.read({ text: one.text, format }, (part) => readings.push(...part.readings));
    return faultIn(one, {
      annotations: readings.flatMap(({ annotations }) => annotations),
      abstentions: readings.flatMap(({ abstentions }) => abstentions),
    });
  }

  for (const [name, file] of [
    ['our own', OWN],
    ['the shared ones', SHARED_CASES],
  ] as const) {
    it(`hold: ${name}`, async function () {
      if (!existsSync(file)) {
        console.log(`      skipped: ${file} is not there`);
        this.skip();
      }
      const faults = new Map<string, string[]>();
      for (const one of casesIn(file).filter((each) => each.format !== OF_THE_COMMAND_LINE)) {
        const fault = await faultOf(one);
        if (fault !== undefined) faults.set(one.kind, [...(faults.get(one.kind) ?? []), fault]);
      }
      const listed = (kinds: Iterable<string>): string =>
        [...kinds].map((kind) => `  ${kind}:\n    ${faults.get(kind)!.join('\n    ')}\n`).join('');
      const open = [...faults.keys()].filter((kind) => OPEN.has(kind));
      if (open.length > 0) console.log(`      of kinds still open:\n${listed(open)}`);
      const broken = [...faults.keys()].filter((kind) => !OPEN.has(kind));
      assert.ok(broken.length === 0, `of mended kinds:\n${listed(broken)}`);
    });
  }
});
