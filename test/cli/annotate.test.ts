import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Annotation, RankedCandidate } from '../../src/core/annotations/annotation';
import { documentPart } from '../../src/core/export/document';
import { createTextExporter } from '../../src/core/export/textExporter';
import { wordnet } from '../support/artifacts';
import { cli, root } from '../support/cli';
import { temporaryFolder } from '../support/temporary';

interface Output {
  readonly file: string;
  readonly annotations: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly tag: string;
    readonly sense: string;
    readonly polysemous: boolean;
    readonly cosine?: number;
    readonly margin?: number;
    readonly runnerUp?: { readonly sense: string; readonly cosine: number };
    readonly evidence?: { readonly kind: string };
  }[];
  readonly abstentions: readonly { readonly start: number; readonly end: number; readonly reason: string }[];
}

const outputOf = (stdout: string): Output => JSON.parse(stdout) as Output;

describe('glossight annotate', () => {
  const inFolder = temporaryFolder();
  const manuscript = path.join('examples', 'manuscript.md');

  it('gives every polysemous word its sense, cosine and evidence as JSON', async () => {
    const { code, stdout, stderr } = await cli(['annotate', '--format', 'json', manuscript]);
    assert.equal(stderr, '');
    assert.equal(code, 0);
    const { annotations, abstentions } = outputOf(stdout);
    const source = readFileSync(path.join(root, manuscript), 'utf8');
    assert.ok(annotations.length > 150 && abstentions.length > 100);
    let last = 0;
    for (const { start, end, text, sense, polysemous, cosine, margin, evidence } of annotations) {
      assert.equal(source.slice(start, end).replaceAll('*', ''), text);
      assert.ok(start >= last, `${text} is out of order`);
      last = start;
      assert.match(sense, /^[^%]+%[1-5]:\d\d:\d\d:/);
      if (!polysemous) continue;
      assert.ok(cosine! >= -1 && cosine! <= 1 && margin! >= 0 && evidence !== undefined, text);
    }
    const senses = (word: string): Set<string> =>
      new Set(annotations.filter(({ text }) => text === word).map(({ sense }) => sense));
    assert.ok(senses('bank').has('bank%1:14:00::') && senses('bank').has('bank%1:17:01::'));
    assert.ok(!annotations.some(({ text }) => text === 'Rose' || text === 'Mark' || text === 'bassPlayer'));
  });

  it('prints one line a polysemous word', async () => {
    writeFileSync(inFolder('one.txt'), 'The bank lends money.\n');
    const { code, stdout } = await cli(['annotate', inFolder('one.txt')]);
    assert.equal(code, 0);
    const lines = stdout.split('\n').filter((line) => /^\d/.test(line));
    assert.match(
      lines[0]!,
      /^1:5 +bank +bank%1:14:00:: +\d\d% 0\.\d\d \+\d\.\d\d +a financial institution.*tagged uses?\]$/,
    );
    const all = await cli(['annotate', '--all', inFolder('one.txt')]);
    assert.match(all.stdout, /^1:1 +The +\(function word\)$/m);
  });

  it('prints the text with marks below its words', async () => {
    const { code, stdout } = await cli(['annotate', '--format', 'marks', '-'], 'The bank lends money.');
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^The bank lends money\.\n {4}\^{4} bank%1:14:00:: 0\.\d\d\n {9}\^{5} lend%[^]*\n~~~ function word\n$/,
    );
  });

  it('reads with the senses and corrections of a project', async () => {
    const project = inFolder('project');
    mkdirSync(path.join(project, '.glossight'), { recursive: true });
    writeFileSync(
      path.join(project, '.glossight', 'senses.yaml'),
      'senses:\n  - {word: bank, definition: a row of switches, id: row, wordnet: hidden}\n  - {word: boat}\n  - {word: ++, definition: one more}\n',
    );
    const text = 'The bank was steep. A boat came.';
    const { code, stdout, stderr } = await cli(['annotate', '--all', '--project', project, '-'], text);
    assert.equal(code, 0);
    assert.match(stdout, /bank .*a row of switches/);
    assert.match(stderr, /senses\.yaml, line 3: left out, as it is not understood\.\n/);
    assert.match(stderr, /senses\.yaml, line 4: left out, as “\+\+” can never be found: it has no letter/);
    const without = await cli(['annotate', '--all', '-'], text);
    assert.doesNotMatch(without.stdout, /switches/);
  });

  it('reads standard input and several files', async () => {
    const piped = await cli(['annotate', '--format', 'json', '-'], 'The bank lends money.');
    assert.deepEqual(
      outputOf(piped.stdout).annotations.map(({ text }) => text),
      ['bank', 'lends', 'money'],
    );
    writeFileSync(inFolder('a.md'), '# Bank\n');
    writeFileSync(inFolder('b.txt'), 'Money.\r\n');
    const both = await cli(['annotate', '--format', 'json', inFolder('a.md'), inFolder('b.txt')]);
    assert.equal(both.stdout.trim().split('\n').length, 2);
  });

  it('counts offsets as an editor does', async () => {
    const text = '\ufeff😀 “The” cafe\u0301’s **ba**nk\r\nlends\u00a0money.';
    writeFileSync(inFolder('odd.md'), text);
    const { stdout } = await cli(['annotate', '--format', 'json', inFolder('odd.md')]);
    const shown = text.slice(1); // an editor shows no byte-order mark
    const found = outputOf(stdout).annotations.map(({ start, end }) => shown.slice(start, end));
    assert.ok(found.includes('ba**nk') && found.includes('lends') && found.includes('money'), found.join());
  });

  it('shows what context alone would choose where frequency decides', () => {
    const [best, other] = (['bank%1:14:00::', 'bank%1:17:01::'] as const).map((key, i): RankedCandidate => ({
      ...{
        sense: wordnet().find(key)!,
        lemma: 'bank',
        partOfSpeech: 'noun',
        cosine: 0.25 + i / 4,
        score: 0.75 - i / 4,
      },
      ...{ probability: 0.75 - i / 2, evidence: { kind: 'average', uses: 3 } },
    })) as [RankedCandidate, RankedCandidate];
    const annotation: Annotation = {
      ...best,
      ...{
        start: 0,
        end: 4,
        text: 'bank',
        polysemous: true,
        margin: 0.25,
        doubt: undefined,
        candidates: [best, other],
      },
    };
    const line = (more: Partial<Annotation>): string => {
      const reading = { annotations: [{ ...annotation, ...more }], abstentions: [] };
      const part = documentPart(reading, wordnet(), () => ({ line: 1, column: 1 }));
      return createTextExporter({ file: 'a.md' }, { all: false, isOneOfSeveral: false }).part(part);
    };
    assert.match(
      line({ contextAlone: other }),
      /\n {10}context alone: bank%1:17:01:: 0\.50 sloping land .*; with frequency: bank%1:14:00::\n/,
    );
    assert.doesNotMatch(line({}), /with frequency/);
  });
});
