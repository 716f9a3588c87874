import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type ProseDocument, sourceSpan } from '../../src/core/prose/paragraph';
import { openPlainText, readPlainText } from '../../src/core/prose/plainText';

const KNOWN = new Set(['something', 'tomorrow', 'remembering']);
const options = { isWord: (word: string) => KNOWN.has(word.toLowerCase()) };
const LONG = 'This line was never wrapped and runs on and on. '.repeat(4).trim();

/** Compares the texts of the paragraphs; headings are written with a leading `# `. */
function check(source: string, ...expected: string[]): void {
  const read = readPlainText(source, options);
  assert.deepEqual(
    read.map(({ text, kind }) => (kind === 'heading' ? `# ${text}` : text)),
    expected,
  );
}

describe('plain-text prose', () => {
  it('joins the lines of a block', () => {
    check('one\ntwo\n\nthree', 'one two', 'three');
    check('  one\n  two  \n \t \n\n\nthree\n', 'one two', 'three');
    check('one\r\ntwo\r\n\r\nthree', 'one two', 'three');
    check('one\rtwo\r\rthree', 'one two', 'three');
    check('too   many\tspaces', 'too many spaces');
    check('\uFEFFone re\u00ADmark', 'one remark');
    check('', ...[]);
    check('\n \n', ...[]);
  });

  it('writes ligatures, long s and what stands for an apostrophe as the letters and the mark they are', () => {
    check('The ﬁrst oﬃcer ſaw it.', 'The first officer saw it.');
    check('I don´t, he donʼt, they don＇t, you don`t.', 'I don’t, he don’t, they don’t, you don’t.');
    check('He said ‘no’ and `yes`.', 'He said ‘no’ and `yes`.');
    const source = 'An oﬃce ﬂood.';
    const [paragraph] = readPlainText(source, options);
    const at = (word: string, start = paragraph!.text.indexOf(word)): string => {
      const span = sourceSpan(paragraph!, start, start + word.length);
      return source.slice(span.start, span.end);
    };
    assert.deepEqual(
      ['office', 'flood', 'An'].map((word) => at(word)),
      ['oﬃce', 'ﬂood', 'An'],
    );
  });

  it('starts a paragraph at an unwrapped line', () => {
    check(`${LONG}\n${LONG}\nshort`, LONG, LONG, 'short');
  });

  it('starts a paragraph at an indented line after a sentence', () => {
    check('    He left.\nNo one\nsaw it.\n    She stayed.', 'He left. No one saw it.', 'She stayed.');
    check('He left the\n    house.', 'He left the house.');
    check('    “Yes.”\nand on.”\n    “No.”', '“Yes.” and on.”', '“No.”');
  });

  it('joins words hyphenated at the end of a line', () => {
    check('some-\nthing else', 'something else');
    check('a well-\nknown man', 'a well-known man');
    check('two-\nand three-year plans', 'two- and three-year plans');
    check('he said--\nsomething', 'he said-- something');
    check('some\u2010\n  thing', 'something');
    check('1914-\n1918', '1914- 1918');
    assert.equal(readPlainText('some-\nthing')[0]?.text, 'some-thing');
  });

  it('lets headings stand alone', () => {
    check('CHAPTER 1. Loomings.\n\nCall me Ishmael.', '# CHAPTER 1. Loomings.', 'Call me Ishmael.');
    check('Chapter XII\nThe day\nbroke.', '# Chapter XII', 'The day broke.');
    check('BOOK THE FIRST\nPROLOGUE\nIt began.', '# BOOK THE FIRST', '# PROLOGUE', 'It began.');
    check('CHAPTER I\nCHAPTER II\nEpilogue', '# CHAPTER I', '# CHAPTER II', '# Epilogue');
    check(
      'Chapter One: The Start\nChapter Two: The End',
      '# Chapter One: The Start',
      '# Chapter Two: The End',
    );
    check('DOWN THE RIVER\n\nIt ran.', '# DOWN THE RIVER', 'It ran.');
    check('Loomings ..... 1\nThe Spouter-Inn    12', '# Loomings ..... 1', '# The Spouter-Inn 12');
    check('A Title\n=======\nText\n-----\n', '# A Title', '# Text');
    check(
      'BOOK III. (_Duodecimo_), CHAPTER 1.—This is the\ncommon kind',
      'BOOK III. (Duodecimo), CHAPTER 1.—This is the common kind',
    );
    check('Part 3 describes\nthe rest.', 'Part 3 describes the rest.');
    check('and then in\nChapter 5 he dies.', 'and then in Chapter 5 he dies.');
    check('“STOP!”', '“STOP!”');
    check('I', 'I');
  });

  it('skips rules and separators', () => {
    check('one\n* * *\ntwo\n\n-----\n\n***', 'one', 'two');
  });

  it('splits lists', () => {
    check('- one\n  more\n- two', 'one more', 'two');
    check('1. one\n2. two', '1. one', '2. two');
    check('It was in\n1863. He left.', 'It was in 1863. He left.');
  });

  it('makes a paragraph of a stanza', () => {
    check(
      'Tyger Tyger, burning bright,\nIn the forests of the night;',
      'Tyger Tyger, burning bright, In the forests of the night;',
    );
  });

  it('drops emphasis marks, not those of identifiers', () => {
    check('the _whale_, _Moby\nDick_ (_sic_)', 'the whale, Moby Dick (sic)');
    check('snake_case and __init__ and _private ____', 'snake_case and __init__ and _private ____');
    check('Sure_ly_ not', 'Sure_ly_ not');
  });

  it('knows where each word stands', () => {
    const source = 'A _big_ some-\n  thing 😀 e\u0301 \ud800\0.';
    const [paragraph] = readPlainText(source, options);
    assert.ok(paragraph);
    const words = [...paragraph.text.matchAll(/\S+/g)].map(({ 0: word, index }) => {
      const { start, end } = sourceSpan(paragraph, index, index + word.length);
      return source.slice(start, end);
    });
    assert.deepEqual(words, ['A', 'big', 'some-\n  thing', '😀', 'e\u0301', '\ud800\0.']);
  });
});

const plain = fc
  .array(
    fc.oneof(
      {
        weight: 2,
        arbitrary: fc.constantFrom('word', ' ', '\n', '\n\n', '\r\n', '\r', '    ', '. ', '-\n', '_'),
      },
      fc.constantFrom(
        'CHAPTER I',
        'Prologue',
        '* * *',
        '====',
        '- ',
        '1. ',
        '“No.”',
        'some-\nthing',
        LONG,
        '.... 3',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom('\ud800', '\0', '\uFEFF', '😀', 'e\u0301', '\u00AD', '\u2028'),
    ),
    { maxLength: 50 },
  )
  .map((parts) => parts.join(''));

describe('plain-text prose, any text', () => {
  it('keeps every letter, in order, at its place', () => {
    const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
    fc.assert(
      fc.property(plain, (source) => {
        const paragraphs = readPlainText(source, options);
        assert.equal(letters(paragraphs.map(({ text }) => text).join('')), letters(source));
        let reached = 0;
        for (const paragraph of paragraphs) {
          assert.ok(paragraph.source.start >= reached && paragraph.source.end <= source.length);
          reached = paragraph.source.end;
          for (let at = 0; at < paragraph.text.length; at++) {
            const { start, end } = sourceSpan(paragraph, at, at + 1);
            const unit = paragraph.text[at]!;
            if (unit === ' ') assert.match(source.slice(start, end), /^[\s\x85\xAD]+$/);
            else assert.equal(source.slice(start, end), unit);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('gives after edits what reading from scratch gives', () => {
    const edits = fc.array(
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), plain), { minLength: 1, maxLength: 3 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(plain, plain, plain, edits, (a, b, c, steps) => {
        let document: ProseDocument = openPlainText(`${a}\n\n${b}\n\n${c}`, options);
        for (const step of steps) {
          let reached = 0;
          const changes = step.map(([at, length, text]) => {
            const start = reached + (at % (document.text.length - reached + 1));
            reached = Math.min(document.text.length, start + length);
            return { start, end: reached, text };
          });
          document = document.edit(changes.reverse());
          assert.deepEqual(document.paragraphs, readPlainText(document.text, options));
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('sees the indentation of the first line that is read anew', () => {
    const before = openPlainText('one\n\n    So. \n    two\n\nend');
    const after = before.edit([{ start: before.text.length, end: before.text.length, text: 'x' }]);
    assert.deepEqual(after.paragraphs, readPlainText(after.text));
    assert.equal(after.paragraphs[1]?.text, 'So. two');
  });

  it('keeps the paragraphs an edit does not reach', () => {
    const before = openPlainText('one\n\n'.repeat(50));
    const after = before.edit([{ start: 100, end: 100, text: 'x' }]);
    assert.equal(after.paragraphs[0], before.paragraphs[0]);
    assert.equal(after.paragraphs.at(-1)?.text, 'one');
  });

  for (const unit of [
    'x',
    'x ',
    '_',
    '_a ',
    ' ',
    'x\n',
    'x-\n',
    '. ',
    '....',
    'CHAPTER I\n',
    '\r',
    '\n\n',
    '“',
  ])
    it(`reads ${JSON.stringify(unit)} without end in good time`, () => {
      const source = `a ${unit.repeat(2_000_000 / unit.length)}b`;
      const start = performance.now();
      readPlainText(source, options);
      const took = performance.now() - start;
      assert.ok(took < 5000, `${Math.round(took)} ms`);
    });

  it('reads a long novel', function () {
    const path = join('..', 'shared', 'data', 'demo', 'war-and-peace.txt.gz');
    if (!existsSync(path)) {
      console.warn(`SKIPPED: ${path} is missing.`);
      this.skip();
    }
    const source = gunzipSync(readFileSync(path)).toString('utf8');
    const paragraphs = readPlainText(source);
    assert.ok(paragraphs.length > 10_000);
    const headings = paragraphs.filter(({ kind, text }) => kind === 'heading' && text.startsWith('CHAPTER'));
    assert.ok(headings.length > 700, String(headings.length));
    const letters = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;
    assert.equal(
      paragraphs.reduce((sum, { text }) => sum + letters(text), 0),
      letters(source),
    );
  });
});
