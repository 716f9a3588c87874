import assert from 'node:assert/strict';
import type { Abstention } from '../../src/core/languagePack';
import type { Annotation } from '../../src/core/annotations/annotation';
import { documentPart, type DocumentPart } from '../../src/core/export/document';
import type { ExportFormat } from '../../src/core/export/exporter';
import { EXPORT_FORMATS } from '../../src/core/export/formats';
import { analyse, type Reading } from '../../src/core/pipeline';
import { createPlaceFinder } from '../../src/core/prose/place';
import { readProse } from '../../src/core/prose/prose';
import { wordnet } from '../support/artifacts';
import { fakePipeline } from '../support/fakeReading';

const inventory = wordnet();

/** A format as somebody adds one: a token a line, with its tag and, on the first token of a word, the sense. */
const VERTICAL: ExportFormat = {
  needsTokens: true,
  createExporter: ({ file }) => ({
    head: `# ${file}\n`,
    part({ annotations, paragraph }) {
      const keys = new Map(annotations.map(({ start, sense }) => [start, sense.key]));
      const sentences = paragraph!.sentences.map(({ tokens }) =>
        tokens.map(({ start, text, tag }) => `${text}\t${tag}\t${keys.get(start) ?? '-'}\n`).join(''),
      );
      return `<${paragraph!.kind}>\n${sentences.join('\n')}`;
    },
    tail: () => '# end\n',
  }),
};

async function exported(text: string, format: ExportFormat): Promise<string> {
  const exporter = format.createExporter(
    { file: 'a.md', text, recipe: 'default', layer: 'mean4' },
    { all: false, isOneOfSeveral: false },
  );
  const placeOf = createPlaceFinder(text);
  let whole = exporter.head;
  for await (const readings of analyse(
    readProse(text, 'markdown'),
    [fakePipeline()],
    undefined,
    format.needsTokens,
  ))
    for (const reading of readings) whole += exporter.part(documentPart(reading, inventory, placeOf));
  return whole + exporter.tail();
}

describe('an exporter', () => {
  it('can be added that writes the tokens between the words too', async () => {
    const lines = (await exported('# Photographs\n\nThe *photo*graph faded.\n\nZut alors.', VERTICAL)).split(
      '\n',
    );
    assert.deepEqual(lines, [
      '# a.md',
      '<heading>',
      'Photographs\tPROPN\tphotograph%1:06:00::',
      '<body>',
      'The\tDET\t-',
      'photograph\tNOUN\tphotograph%1:06:00::',
      lines[6]!,
      '.\tPUNCT\t-',
      '<body>',
      '# end',
      '',
    ]);
    assert.match(lines[6]!, /^faded\t(VERB|ADJ)\t.*%/);
  });

  it('gets tokens from which the text can be put together, and none unless it asks', async () => {
    const text = 'Two  words, *one* &amp; “three”.\nA line\u00a0more; and e\u0301clat!\n\n- item one-two\n';
    for (const withTokens of [true, false]) {
      const readings: Reading[] = [];
      for await (const some of analyse(readProse(text, 'markdown'), [fakePipeline()], undefined, withTokens))
        readings.push(...some);
      assert.equal(readings.length, 2);
      for (const { paragraph } of readings) {
        assert.equal(paragraph !== undefined, withTokens);
        if (!paragraph) continue;
        const tokens = paragraph.sentences.flatMap((sentence) => sentence.tokens);
        assert.equal(tokens.map((token) => token.spaceBefore + token.text).join(''), paragraph.text);
        for (const { start, end, text: token, spaceBefore } of tokens) {
          assert.match(spaceBefore, /^\s*$/);
          const source = text.slice(start, end);
          assert.ok(source === token || (token === '&' && source === '&amp;'), `${token} at ${start}`);
        }
      }
    }
  });
});

describe('the marks exporter', () => {
  const key = (name: string): number => inventory.find(name)!;
  const at = (text: string, word: string): { start: number; end: number; text: string } => {
    const start = text.indexOf(word);
    return { start, end: start + word.length, text: word };
  };
  const annotation = (span: ReturnType<typeof at>, sense: string, probability?: number): Annotation => ({
    ...span,
    lemma: sense.slice(0, sense.indexOf('%')),
    partOfSpeech: 'noun',
    sense: key(sense),
    polysemous: probability !== undefined,
    cosine: probability,
    margin: undefined,
    probability,
    doubt: undefined,
    evidence: { kind: 'none' },
    candidates: [],
  });
  const abstention = (
    span: ReturnType<typeof at>,
    reason: Abstention['reason'],
    of?: string,
  ): Abstention => ({ ...span, reason, ...(of === undefined ? {} : { of: key(of) }) });
  const marked = (text: string, parts: readonly Reading[]): string => {
    const exporter = EXPORT_FORMATS.marks.createExporter({ text });
    const placeOf = createPlaceFinder(text);
    const part = (reading: Reading): DocumentPart => documentPart(reading, inventory, placeOf);
    return exporter.head + parts.map((reading) => exporter.part(part(reading))).join('') + exporter.tail();
  };

  const TEXT = 'Before\n\nThe\tbank of Ann: the bank\nteller\n\n| river | bank |\n\nAfter';
  const first: Reading = {
    annotations: [
      annotation(at(TEXT, 'bank'), 'bank%1:17:01::', 0.714),
      {
        ...annotation(at(TEXT, 'bank\nteller'), 'teller%1:18:00::', 0.5),
        parts: [
          annotation(at(TEXT, 'bank\n'), 'bank%1:14:00::', 0.9),
          annotation(at(TEXT, 'teller'), 'teller%1:18:01::', 0.1),
        ],
      },
    ],
    abstentions: [
      abstention(at(TEXT, 'The'), 'function word'),
      abstention(at(TEXT, 'of'), 'function word'),
      abstention(at(TEXT, 'Ann'), 'proper name', 'person%1:03:00::'),
      abstention(at(TEXT, 'the'), 'function word'),
    ],
  };
  /** Two cells of one line are two paragraphs. */
  const cells: Reading[] = [
    { annotations: [annotation(at(TEXT, 'river'), 'river%1:17:00::')], abstentions: [] },
    { annotations: [annotation(at(TEXT, 'bank |'), 'bank%1:17:01::', 1)], abstentions: [] },
  ];
  const EXPECTED = [
    'Before',
    '',
    'The\tbank of Ann: the bank',
    '   \t^^^^ bank%1:17:01:: 0.71',
    '   \t                 ^^^^ teller%1:18:00:: 0.50',
    '   \t                 .... bank%1:14:00:: 0.90',
    '~~~\t     ~~      ~~~ function word',
    '   \t        ~~~ proper name: person%1:03:00::',
    'teller',
    '...... teller%1:18:01:: 0.10',
    '',
    '| river | bank |',
    '  ^^^^^ river%1:17:00::',
    '          ^^^^^^ bank%1:17:01:: 1.00',
    '',
    'After',
    '',
  ].join('\n');

  it('puts marks, keys and probabilities below the words of each line', () => {
    assert.equal(marked(TEXT, [first, ...cells]), EXPECTED);
  });

  it('writes the same in whatever parts the document comes', () => {
    const all = [first, ...cells];
    const one = {
      annotations: all.flatMap(({ annotations }) => annotations),
      abstentions: first.abstentions,
    };
    assert.equal(marked(TEXT, [one]), EXPECTED);
    const nothing = { annotations: [], abstentions: [] };
    assert.equal(marked(TEXT, [nothing, first, nothing, ...cells, nothing]), EXPECTED);
    assert.equal(marked('', []), '');
    assert.equal(marked('a\n\nb\n', []), 'a\n\nb\n');
  });
});
