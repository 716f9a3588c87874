import { GFM, parser } from '@lezer/markdown';
import assert from 'node:assert/strict';
import type { Annotation, RankedCandidate } from '../../src/core/annotations/annotation';
import type { Evidence } from '../../src/core/senses/nearest';
import { type DocumentAnnotation, documentAnnotation } from '../../src/core/export/document';
import type { Exporter } from '../../src/core/export/exporter';
import { createJsonExporter } from '../../src/core/export/jsonExporter';
import { createMarkdownReport } from '../../src/core/export/markdownReport';
import { createPlainReport } from '../../src/core/export/plainReport';
import type { ReportStrings } from '../../src/core/export/reportStrings';
import { senseListJson, senseListMarkdown, senseListText } from '../../src/core/export/senseList';
import { wordnet } from '../support/artifacts';

const inventory = wordnet();
/** Fits beside the text in half a window. */
const WIDTH = 60;
const decimals = (value: number): string => value.toFixed(2);
const evidenceName = (evidence: Evidence): string => `EVIDENCE-${evidence.kind}`;
const strings: ReportStrings = {
  partOfSpeech: (partOfSpeech) => `POS-${partOfSpeech}`,
  number: decimals,
  probability: (value) => `P ${decimals(value)}`,
  cosine: (value) => `COSINE ${decimals(value)}`,
  margin: (value) => `MARGIN ${decimals(value)}`,
  behind: (value) => `BEHIND ${decimals(value)}`,
  evidence: evidenceName,
  doubt: (doubt) => `UNSURE ${doubt}`,
  synonyms: (names) => `SYNONYMS ${names}`,
  onlySense: 'ONLY',
  runnerUp: 'SECOND',
  contextAlone: 'CONTEXT',
  columns: {
    rank: 'Rank',
    place: 'Place',
    word: 'Word',
    partOfSpeech: 'Part',
    sense: 'Sense',
    key: 'Key',
    probability: 'Probability',
    cosine: 'Cosine',
    runnerUp: 'Second',
    runnerUpCosine: 'Its cosine',
    margin: 'Margin',
    doubt: 'Doubt',
    evidence: 'Evidence',
  },
};

const candidates = inventory.senses('bank', 'noun').map((sense, i): RankedCandidate => ({
  sense,
  lemma: 'bank',
  partOfSpeech: 'noun',
  cosine: 0.6 - i / 10,
  score: 0.6 - i / 10,
  probability: 0.6 - i / 10,
  evidence: { kind: 'average', uses: 9 - i },
}));
const bank: Annotation = {
  start: 10,
  end: 15,
  text: 'Banks',
  lemma: 'bank',
  partOfSpeech: 'noun',
  sense: candidates[0]!.sense,
  polysemous: true,
  cosine: 0.6,
  margin: 0.1,
  probability: 0.6,
  doubt: undefined,
  evidence: candidates[0]!.evidence,
  candidates,
};
const only: Annotation = {
  start: 20,
  end: 31,
  text: 'hydrography',
  lemma: 'hydrography',
  partOfSpeech: 'noun',
  sense: inventory.senses('hydrography', 'noun')[0]!,
  polysemous: false,
  cosine: undefined,
  margin: undefined,
  probability: undefined,
  doubt: undefined,
  evidence: { kind: 'none' },
  candidates: [],
};
const glossOf = (sense: number): string => inventory.describe(sense).gloss;

function whole(exporter: Exporter, words: readonly DocumentAnnotation[]): string {
  const parts = words.map((one) => exporter.part({ annotations: [one], abstentions: [] }));
  return exporter.head + parts.join('') + exporter.tail();
}
const word = (annotation: Annotation): DocumentAnnotation =>
  documentAnnotation(annotation, inventory, () => ({ line: 12, column: 5 }));

describe('the senses of a passage as plain text', () => {
  const plain = (annotation: Annotation): string[] =>
    whole(createPlainReport(['TITLE', 'long '.repeat(60)], strings), [word(annotation)]).split('\n');

  it('has a line for the word, below it gloss and key, below that the runner-up', () => {
    const lines = plain(bank);
    const at = lines.findIndex((line) => line.startsWith('12:5'));
    assert.equal(lines[at], '12:5  Banks (bank)  POS-noun  P 0.60  COSINE 0.60');
    assert.ok(lines.slice(at + 1, -1).every((line) => /^ {6}\S/.test(line)));
    const rest = lines
      .slice(at + 1)
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim();
    const runnerUp = `SECOND, COSINE 0.50, MARGIN 0.10: ${glossOf(candidates[1]!.sense)}`;
    assert.equal(rest, `${glossOf(bank.sense)} [bank%1:17:01::] ${runnerUp}`);
  });

  it('says that a sense is in doubt, and which one context alone would choose', () => {
    const byContext: Annotation = { ...bank, doubt: 'between two senses', contextAlone: candidates[2]! };
    const text = plain(byContext).join('\n');
    assert.match(text, /^12:5 .* {2}COSINE 0\.60\n {6}UNSURE between two senses$/m);
    assert.match(text, /^ {6}CONTEXT, COSINE 0\.40: /m);
    const second = plain({ ...bank, contextAlone: candidates[1]! }).join('\n');
    assert.equal(second.match(/CONTEXT/g)?.length, 1);
    assert.match(second, /^ {6}SECOND, COSINE 0\.50, MARGIN 0\.10, CONTEXT: /m);
  });

  it('gives a word with one sense no cosine', () => {
    const text = plain(only).join('\n');
    assert.match(text, /^12:5 {2}hydrography {2}POS-noun {2}ONLY$/m);
    assert.doesNotMatch(text, /COSINE/);
  });

  it('has no line that must be scrolled sideways, whatever WordNet says', () => {
    for (let sense = 0; sense < inventory.senseCount; sense += 97) {
      const lemma = inventory.lemma(sense);
      const annotation: Annotation = {
        ...bank,
        text: 'word',
        lemma,
        sense,
        doubt: 'between two senses',
        candidates: [candidates[0]!, { ...candidates[1]!, sense }],
      };
      for (const line of plain(annotation))
        assert.ok(line.length <= WIDTH || !line.trim().includes(' '), line);
    }
  });
});

describe('the senses of a passage as a Markdown table', () => {
  const table = (annotation: Annotation): string => whole(createMarkdownReport(strings), [word(annotation)]);

  it('has a row a word', () => {
    const [head, rule, row] = table(bank).split('\n');
    assert.match(head!, /^\| Place \| Word \|/);
    assert.match(rule!, /^\| --- \| --- \|.*--: \|/);
    const cells = row!.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''));
    assert.deepEqual(cells.slice(0, 3), ['12:5', 'Banks (bank)', 'POS-noun']);
    assert.deepEqual(cells.slice(4, 7), ['bank%1:17:01::', '0.60', '0.60']);
    assert.deepEqual(cells.slice(8, 10), ['0.50', '0.10']);
  });

  it('shows hostile text as the text it is', () => {
    const hostile =
      'a|b `c` <script>alert(1)</script> [d](command:evil) ![e](https://f.example) *g* _h_ ~i~ &amp; www.j.example k@l.example \\| https://m.example $n$\n\n# o';
    const text = table({ ...bank, text: hostile });
    assert.equal(text.trimEnd().split('\n').length, 3);
    const found = new Set<string>();
    parser
      .configure(GFM)
      .parse(text)
      .iterate({ enter: ({ name }) => void found.add(name) });
    const harmless = [
      'Document',
      'Table',
      'TableHeader',
      'TableRow',
      'TableCell',
      'TableDelimiter',
      'Escape',
      'Entity',
    ];
    assert.deepEqual(
      [...found].filter((name) => !harmless.includes(name)),
      [],
    );
    const row = text.split('\n')[2]!;
    // As a renderer reads it back.
    const shown = row
      .split(/(?<!\\) \| /)[1]!
      .replace(/\\([\\`*_[\]|~>@$:.])/g, '$1')
      .replace(/&lt;/g, '<')
      .replace(/&amp;/g, '&');
    assert.equal(shown, `${hostile.replace(/\s+/g, ' ')} (bank)`);
  });
});

describe('the senses of a passage as JSON', () => {
  it('has the keys of the command line', () => {
    const source = { file: 'a "b".md', recipe: 'default', layer: 'mean4' };
    const parsed = JSON.parse(
      whole(createJsonExporter(source, 'a line each'), [word(bank), word(only)]),
    ) as Record<string, unknown>;
    assert.deepEqual(Object.keys(parsed), ['file', 'recipe', 'layer', 'annotations']);
    assert.equal(parsed['file'], 'a "b".md');
    assert.deepEqual(parsed['annotations'], [
      {
        start: 10,
        end: 15,
        text: 'Banks',
        lemma: 'bank',
        tag: 'noun',
        sense: inventory.key(bank.sense),
        polysemous: true,
        cosine: 0.6,
        margin: 0.1,
        probability: 0.6,
        runnerUp: { sense: inventory.key(candidates[1]!.sense), cosine: 0.5, probability: 0.5 },
        evidence: { kind: 'average', uses: 9 },
      },
      {
        start: 20,
        end: 31,
        text: 'hydrography',
        lemma: 'hydrography',
        tag: 'noun',
        sense: inventory.key(only.sense),
        polysemous: false,
      },
    ]);
  });

  it('is an object without annotations too', () => {
    const { annotations } = JSON.parse(
      whole(createJsonExporter({ file: '', recipe: '', layer: '' }, 'a line each'), []),
    ) as {
      annotations: unknown;
    };
    assert.deepEqual(annotations, []);
  });
});

describe('all senses of one word', () => {
  it('are listed best first with what is known of each', () => {
    const text = senseListText(
      ['TITLE'],
      word({ ...bank, doubt: 'between two senses', contextAlone: candidates[1]! }),
      strings,
    );
    const places = candidates.map(({ sense }) => text.indexOf(`    ${inventory.key(sense)}\n`));
    assert.ok(places.every((place, i) => place > (places[i - 1] ?? 0)));
    assert.match(
      text,
      /^1\. {2}P 0\.60 {2}COSINE 0\.60 {2}MARGIN 0\.10 {2}EVIDENCE-average\n {4}UNSURE between two senses$/m,
    );
    assert.match(text, /^2\. {2}P 0\.50 {2}COSINE 0\.50 {2}BEHIND 0\.10 {2}EVIDENCE-average\n {4}CONTEXT$/m);
    const { examples, synonyms } = inventory.describe(candidates[1]!.sense);
    assert.ok(examples.length > 0 && synonyms.length > 0);
    const flat = text.replace(/\s+/g, ' ');
    for (const example of examples) assert.ok(flat.includes(`“${example}”`));
    assert.ok(flat.includes(`SYNONYMS ${synonyms.join(', ').replaceAll('_', ' ')}`));
    for (const line of text.split('\n')) assert.ok(line.length <= WIDTH);
  });

  it('are one for a word with one sense', () => {
    assert.match(senseListText(['TITLE'], word(only), strings), /^TITLE\n\nONLY\n {4}the science/);
    assert.equal(senseListMarkdown(word(only), strings).trimEnd().split('\n').length, 3);
    assert.deepEqual((JSON.parse(senseListJson(word(only))) as Record<string, unknown>)['candidates'], []);
  });

  it('are a table and JSON as well', () => {
    const rows = senseListMarkdown(word(bank), strings).trimEnd().split('\n').slice(2);
    assert.equal(rows.length, candidates.length);
    assert.match(rows[1]!, /^\| 2 \| .* \| 0\.50 \| 0\.50 \| EVIDENCE-average \|$/);
    const json = JSON.parse(senseListJson(word(bank))) as Record<string, unknown>;
    assert.equal(json['sense'], inventory.key(bank.sense));
    assert.deepEqual((json['candidates'] as unknown[])[1], {
      sense: inventory.key(candidates[1]!.sense),
      cosine: 0.5,
      probability: 0.5,
      evidence: { kind: 'average', uses: 8 },
    });
  });
});
