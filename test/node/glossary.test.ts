import assert from 'node:assert/strict';
import { ENGLISH } from '../../src/languages/english/language';
import * as sensesFile from '../../src/node/project/sensesFile';
import * as glossary from '../../src/node/project/glossary';

const { isWritable } = sensesFile;
const parseSenses = (text: string): sensesFile.ParsedSenses => sensesFile.parseSenses(text, ENGLISH);
const addSenses = (...[text, senses]: [string, Parameters<typeof sensesFile.addSenses>[1]]): string =>
  sensesFile.addSenses(text, senses, ENGLISH);
const parseGlossary = (text: string, format: glossary.GlossaryFormat): sensesFile.ParsedSenses =>
  glossary.parseGlossary(text, format, ENGLISH);

const KESTREL = {
  word: 'Kestrel',
  partOfSpeech: 'noun' as const,
  id: 'the-flagship-of-the-fleet',
  definition: 'the flagship of the fleet',
  examples: ['The Kestrel came alongside at dawn.'],
  wordnet: 'below' as const,
};

describe('senses of a project', () => {
  it('are added to their file, whose comments and fields stay', () => {
    const first = addSenses('', [KESTREL]);
    assert.deepEqual(parseSenses(first), { senses: [KESTREL], problems: [] });
    const edited = first
      .replace('senses:', '# by hand\nsenses:')
      .replace('wordnet: below', 'wordnet: below\n    owner: Ann');
    const drift = { ...KESTREL, word: 'drift', id: 'slow', definition: 'slow change of a model' };
    const second = addSenses(edited, [drift]);
    assert.ok(second.startsWith(edited.trimEnd()), second);
    assert.deepEqual(parseSenses(second).senses, [KESTREL, drift]);
    const changed = addSenses(second, [{ ...drift, definition: 'slow change of data' }]);
    assert.equal(parseSenses(changed).senses[1]?.definition, 'slow change of data');
  });

  it('are refused with the reason where their word can be found in no text', () => {
    const words = ['++', '100% wool', 'Node\u200b.js', `${'very '.repeat(30)}long`, '—', '…'];
    const yaml = [
      'senses:',
      ...words.map((word) => `  - {word: ${JSON.stringify(word)}, definition: a thing}`),
    ];
    const expected = ['no letter', 'percent sign', 'hidden character', 'too long', 'no letter', 'no letter'];
    const read = parseSenses(yaml.join('\n'));
    assert.deepEqual(
      read.problems.map(({ line, kind }) => [line, kind]),
      expected.map((kind, i) => [i + 2, kind]),
    );
    assert.equal(isWritable(read), true);
    const table = ['term,definition', ...words.map((word) => `"${word}",a thing`)].join('\n');
    assert.deepEqual(
      parseGlossary(table, 'csv').problems.map(({ kind }) => kind),
      expected,
    );
    const fine = ['C++', '3D', '.NET', 'I/O', 'R&D', 'Yahoo!', 'й', '$100 bill', 'naïve'];
    assert.deepEqual(
      parseSenses(fine.map((word) => `- {word: ${JSON.stringify(word)}, definition: a thing}`).join('\n'))
        .problems,
      [],
    );
  });

  it('are used except for wrong entries, which are reported by line; a file that cannot be read in full is not written', () => {
    const text = [
      'version: 1',
      'senses:',
      '  - word: drift',
      '    definition: slow change of a model',
      '  - word: batch',
      '  - definition: no word here',
      '  - {word: run, definition: one execution, partOfSpeech: thing}',
      '  - {word: drift, definition: slow change of a model}',
      '',
    ].join('\n');
    const read = parseSenses(text);
    assert.deepEqual(
      read.senses.map(({ word }) => word),
      ['drift'],
    );
    assert.deepEqual(
      read.problems.map(({ line, kind }) => [line, kind]),
      [
        [5, 'no definition'],
        [6, 'no word'],
        [7, 'unknown part of speech'],
        [8, 'given twice'],
      ],
    );
    assert.ok(isWritable(read));
    // Written before there were versions, or by hand.
    assert.deepEqual(parseSenses(text.replace('version: 1\n', '')).senses, read.senses);
    for (const [bad, kind] of [
      [text.replace('  - word: batch', '<<<<<<< ours\n  - word: batch'), 'not readable'],
      [text.replace('version: 1', 'version: 2'), 'newer version'],
      ['version: 1\nsenses:\n  - just words\n', 'not an entry'],
    ] as const) {
      const found = parseSenses(bad);
      assert.ok(
        found.problems.some((problem) => problem.kind === kind),
        kind,
      );
      assert.equal(isWritable(found), false);
      assert.throws(() => addSenses(bad, [KESTREL]));
    }
  });
});

describe('a glossary', () => {
  it('is read from a mapping of words to definitions, or a list, in YAML', () => {
    assert.deepEqual(
      parseGlossary(
        'drift: slow change of a model\nKestrel: {definition: the flagship, pos: n}\n',
        'yaml',
      ).senses.map(({ word, definition }) => [word, definition]),
      [
        ['drift', 'slow change of a model'],
        ['Kestrel', 'the flagship'],
      ],
    );
    const list = parseGlossary('- {term: drift, gloss: slow change, examples: [The drift grew.]}\n', 'yaml');
    assert.deepEqual(list.senses[0]?.examples, ['The drift grew.']);
  });

  it('is read from a table with any of the usual separators, errors by line', () => {
    const rows = [
      ['Term', 'Definition', 'Part of speech', 'Example 1', 'Example 2'],
      ['drift', '"slow change, of\na model"', 'noun', 'The drift grew.', 'Drift is dear.'],
      ['batch', '', 'noun', '', ''],
      ['run', 'one execution', 'verb', '', ''],
    ];
    for (const separator of [',', ';', '\t']) {
      const { senses, problems } = parseGlossary(rows.map((row) => row.join(separator)).join('\r\n'), 'csv');
      assert.deepEqual(
        senses.map(({ word, definition, partOfSpeech, examples }) => [
          word,
          definition,
          partOfSpeech,
          examples.length,
        ]),
        [
          ['drift', 'slow change, of a model', 'noun', 2],
          ['run', 'one execution', 'verb', 0],
        ],
      );
      assert.deepEqual(
        problems.map(({ line, kind }) => [line, kind]),
        [[4, 'no definition']],
      );
    }
    const cut = parseGlossary('term,definition\ndrift,"slow change\n', 'csv');
    assert.equal(cut.problems[0]?.kind, 'not readable');
  });

  it('is read from a Markdown definition list, other text left alone', () => {
    const text = [
      '# Words of the fleet',
      '',
      'Some prose.',
      '',
      '**Kestrel**',
      ': The *flagship* of the',
      '  fleet',
      '  > The Kestrel came alongside.',
      ': A small falcon',
      '',
      '## Others',
      ': Nothing to define',
    ].join('\n');
    const { senses, problems } = parseGlossary(text, 'markdown');
    assert.deepEqual(
      senses.map(({ word, definition, examples }) => [word, definition, examples]),
      [
        ['Kestrel', 'The flagship of the fleet', ['The Kestrel came alongside.']],
        ['Kestrel', 'A small falcon', []],
      ],
    );
    assert.deepEqual(
      problems.map(({ line, kind }) => [line, kind]),
      [[12, 'no word']],
    );
  });
});
