import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { openMarkdown, readMarkdown } from '../../src/core/prose/markdown';
import type { TextChange } from '../../src/core/edits';
import { type ProseDocument, sourceSpan } from '../../src/core/prose/paragraph';

/** Compares the texts of the paragraphs; headings are written with a leading `# `. */
function check(source: string, ...expected: string[]): void {
  const read = readMarkdown(source).map(({ text, kind }) => (kind === 'heading' ? `# ${text}` : text));
  assert.deepEqual(read, expected);
}

/** Compares what each word of the text is in the source. */
function checkWords(source: string, ...expected: string[]): void {
  const words = readMarkdown(source).flatMap((paragraph) =>
    [...paragraph.text.matchAll(/\S+/g)].map(({ 0: word, index }) => {
      const { start, end } = sourceSpan(paragraph, index, index + word.length);
      return source.slice(start, end);
    }),
  );
  assert.deepEqual(words, expected);
}

describe('Markdown prose', () => {
  it('joins lines and removes marks', () => {
    check('one\ntwo', 'one two');
    check('*one* **two** _three_ ~~four~~', 'one two three four');
    check('un*frigging*believable', 'unfriggingbelievable');
    check('a  \nb\\\nc', 'a b c');
    check('too   many\t spaces', 'too many spaces');
    check('snake_case and 2*3', 'snake_case and 2*3');
  });

  it('makes a paragraph of each block, item, cell and heading', () => {
    check('# One *two* #\n\nthree\n\nFour\n====\n\nFive\n---', '# One two', 'three', '# Four', '# Five');
    check('- a\n- b\n\n  c\n  1. d\n     e', 'a', 'b', 'c', 'd e');
    check('> one\n> two\nlazy\n\n> > deep\n> > er', 'one two lazy', 'deep er');
    check('> *one\n> two* three', 'one two three');
    check('- [ ] do\n- [x] done', 'do', 'done');
    check('| a \\| b | c |\n|:--|--:|\n| d *e* | — |\n| f | g', '# a | b', '# c', 'd e', 'f', 'g');
  });

  it('skips what is no prose', () => {
    check('a\n\n```js\nlet x\n```\n\n    code\n\n~~~\nmore\n~~~\nb', 'a', 'b');
    check(
      '<script>\nno\n</script>\n\nyes <b>bold</b>un<i>br</i>oken<br>line<!-- no -->',
      'yes boldunbroken line',
    );
    check('<!-- no\n\nno -->\n\nyes', 'yes');
    check('* * *\n\n---\n\n...', ...[]);
    check('see ![alt *text*](x.png "t") here', 'see here');
    check('at https://a.org/b, www.b.org or <http://c.d> or me@e.org now', 'at , or or now');
    check('{{#include x.rs}}\n\nUse {{ name }} and {% raw %} here', 'Use and here');
  });

  it('reads the prose in HTML blocks', () => {
    check('<div class="bank">\nThe bank was *steep*.\n</div>', 'The bank was *steep*.');
    check('<p>He <b>cros</b>sed &amp; sat<br>down.</p><p>Then', 'He crossed & sat down.', 'Then');
    check('<ul><li>Rope<li>Eggs</ul>', 'Rope', 'Eggs');
    check('<table><tr><th>Price</th><td>Low</td></tr></table>', '# Price', 'Low');
    check('<details>\n<summary>More</summary>\n\nHidden *text*.\n\n</details>', '# More', 'Hidden text.');
    check('> <blockquote>One\n> two</blockquote>', 'One two');
    check(
      '<pre>no</pre>\n\n<style>\n.no {}\n</style>\n\n<div>yes<!-- no --><script>no</script></div>',
      'yes',
    );
    check('<p>use <code>file_name</code> here</p>', 'use file_name here');
    checkWords('<div>\n<i>a</i>b &eacute;t\n</div>', 'a</i>b', '&eacute;t');
  });

  it('knows the links, comments and marks of note takers', () => {
    check('See [[Bank robberies#Getaway cars|how the gang fled]].', 'See how the gang fled.');
    check('In [[Old bank]] and ![[seal.png|300]] here', 'In Old bank and here');
    check('A quiet street. %% ask about\nthe crane %% ^block-id', 'A quiet street.');
    check('%%\nno\n\nno\n%%\n\nyes, 100%% sure', 'yes, 100%% sure');
    check('2^nd and x^2 stay', '2^nd and x^2 stay');
    check('> [!NOTE]\n> The seal broke.', 'The seal broke.');
    check('> [!tip]- Mind the *seal*\n> It broke.', '# Mind the seal', 'It broke.');
    check('[!NOTE] stays outside of quotations', '!NOTE stays outside of quotations');
    checkWords('see [[a b|c d]] end', 'see', 'c', 'd', 'end');
  });

  it('knows the marks of Pandoc and Quarto', () => {
    check('# Trip {#sec-voyage .unnumbered data-bank="deep"}', '# Trip');
    check('[small]{.smallcaps} `x`{.r} text {stays here}', 'small x text {stays here}');
    check('{: .no_toc }\n\nb', 'b');
    check('::: {.callout-note title="Old rope"}\nThe plant.\n:::\nEnd', 'The plant.', 'End');
    check('::: warning Mind the gap\nText\n:::', '# Mind the gap', 'Text');
    check('Shown before [see @bank-letter:2004; -@doe99, p. 3].', 'Shown before .');
    check('As @smith04 says, see @fig-plot.', 'As @smith04 says, see @fig-plot.');
    check('write to [@home](x) or a@b', 'write to @home or a@b');
    check(
      'Term\n: The *meaning* of it.\n\n  And more.\n\nEnd',
      'Term',
      'The meaning of it.',
      'And more.',
      'End',
    );
    check('| The limerick packs\n| In space', 'The limerick packs In space');
  });

  it('skips code in MDX and reads what stands in components', () => {
    const checkMdx = (source: string, ...expected: string[]): void =>
      assert.deepEqual(
        readMarkdown(source, 'mdx').map(({ kind, text }) => (kind === 'heading' ? `# ${text}` : text)),
        expected,
      );
    checkMdx("import { Tabs } from '@site/parts/box';\n\nThe bank was shut.", 'The bank was shut.');
    checkMdx('export const bank = {\n\n  a: 1,\n};\n\nAfter', 'After');
    checkMdx('It was {props.bank + "}"} shut. {/* no */}', 'It was shut.');
    checkMdx('<Callout emoji={<b>x</b>} title="a > b">\n  The crane.\n</Callout>', 'The crane.');
    checkMdx('    indented text is prose', 'indented text is prose');
    check('import it from the menu.', 'import it from the menu.');
  });

  it('keeps the words of links only', () => {
    check('a [b *c*](d "e") f', 'a b c f');
    check('see [a](b "c"), [d]( e ). <!-- -->[f][g]; [h](i)s', 'see a, d. f; hs');
    check('[![alt](a)](b) [c https://d.e f](g)!', 'c f!');
    check('a [b][c] [d][] [e] f', 'a b d e f');
    check('word[s] and [x]y', 'word[s] and [x]y');
    check('[a]: http://b "c"\n[d]:\n  <e f>\n  "g"\nh\n\n[i]: no definition', 'h', 'i: no definition');
    check('note[^1] here\n\n[^1]: the *note*', 'note here', 'the note');
  });

  it('keeps short code as opaque text', () => {
    const [paragraph] = readMarkdown('run `cargo  build` now');
    assert.equal(paragraph?.text, 'run cargo build now');
    assert.deepEqual(paragraph.opaque, [{ start: 4, end: 15 }]);
    check(`a \`${'x'.repeat(41)}\` b`, 'a b');
    check('``a ` b`` c', 'a ` b c');
    check('> x `a\n> b`', 'x a b');
    check('`only code`', ...[]);
  });

  it('decodes entities and escapes', () => {
    check('&eacute;t&#233;&#xE9; &amp; &unknown; &#0;', 'étéé & &unknown; \uFFFD');
    check('a&nbsp;b&shy;c', 'a\u00A0bc');
    check('&check; &rightarrow; &Zcaron;&hearts;', '✓ → Ž♥');
    check('a&NewLine;&Tab;b&thinsp;c', 'a b c');
    check('\\*a\\* \\_b', '*a* _b');
    checkWords('x&eacute;y &mdash; z', 'x&eacute;y', '&mdash;', 'z');
  });

  it('skips math but not money', () => {
    check('so $x^2$ and $$y$$ and \\(z+1\\) and \\[w\\] end', 'so and and and end');
    check('it costs $5 and $10.', 'it costs $5 and $10.');
    check('either $5, or 5$ now', 'either $5, or 5$ now');
    check('set $HOME/$PATH', 'set $HOME/$PATH');
    check('he \\[sic\\] went', 'he [sic] went');
    check('a\n\n$$\nb\n+ c\n$$\n\nd', 'a', 'd');
    check('a\n$$\nb\n$$\nc', 'a', 'c');
    check('a\n\n\\[\nb = c\n\\]\n\nd', 'a', 'd');
    check('a\n\n$$ unclosed\n\nd', 'a', 'd');
  });

  it('skips front matter at the start only', () => {
    check('---\ntitle: a\n---\nb', 'b');
    check('\uFEFF+++\ntitle = "a"\n+++\n\nb', 'b');
    check('---\n\na\n\n---\n\nb', 'a', 'b');
    check('---\nnever: closed', 'never: closed');
  });

  it('reads any line end', () => {
    const source = '# A\n\nb\nc\n\n> d\n> e\n\n<p>\nf\n\n| g | h |\n|---|---|\n| i | j |\n';
    const expected = ['# A', 'b c', 'd e', 'f', '# g', '# h', 'i', 'j'];
    check(source, ...expected);
    check(source.replaceAll('\n', '\r\n'), ...expected);
    check(source.replaceAll('\n', '\r'), ...expected);
    check('\uFEFF# A', '# A');
  });

  it('knows where each word stands', () => {
    checkWords('un*frigging*believable *so*', 'un*frigging*believable', 'so');
    checkWords('> a b\r\n> **c**d\r\n', 'a', 'b', 'c**d');
    checkWords('- a\n  [b c](x)', 'a', 'b', 'c');
    checkWords('😀 e\u0301 \ud800 a\\*b', '😀', 'e\u0301', '\ud800', 'a\\*b');
  });
});

const markdown = fc
  .array(
    fc.oneof(
      {
        weight: 2,
        arbitrary: fc.constantFrom('word', 'Two words', ' ', '\n', '\n\n', '\r\n', '\r', '    ', '\t'),
      },
      fc.constantFrom(
        ...[
          '[[',
          ']]',
          '[[a|b]]',
          '%%',
          '\n%%\n',
          ' ^id',
          '{.a}',
          '[@k]',
          '@k',
          '\n::: x\n',
          '\n:::\n',
          '\n: ',
          '> [!NOTE] ',
        ],
        ...['<div>', '</div>', '<p>', '<pre>', '\n\n<td>', '<code>', '&amp;', '\n| '],
        '#',
        '# ',
        '> ',
        '>',
        '- ',
        '* ',
        '1. ',
        '---',
        '===',
        '+++',
        '```',
        '~~~',
        '`',
        '| ',
        '|---|---|',
      ),
      fc.constantFrom(
        '*',
        '**',
        '_',
        '~~',
        '[',
        ']',
        '](x)',
        '![',
        '<b>',
        '<div>',
        '</div>',
        '<!--',
        '-->',
        '<?',
        '&amp;',
      ),
      fc.constantFrom(
        '$',
        '$$',
        '\\(',
        '\\)',
        '\\[',
        '\\]',
        '{{',
        '}}',
        '[^1]',
        ': ',
        '[a]: ',
        'http://a.b',
        '\\',
        '"',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom('\ud800', '\0', '\uFEFF', '😀', 'e\u0301'),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

/** Is this character of a paragraph what is written, or what that is read as: a space, an apostrophe, a letter of a ligature? */
function standsFor(character: string, written: string): boolean {
  if (/\s/.test(written)) return /\s/.test(character);
  if (character === '’' && /[´ʼ＇‘`]/.test(written)) return true;
  return character === written || (/[ſﬀ-ﬆ]/.test(written) && written.normalize('NFKD').includes(character));
}

describe('Markdown prose, any text', () => {
  it('keeps spans ordered, inside the source, and true to it', () => {
    fc.assert(
      fc.property(markdown, (source) => {
        let reached = 0;
        for (const paragraph of readMarkdown(source)) {
          const { text, offsets, source: whole } = paragraph;
          assert.ok(whole.start >= reached && whole.end > whole.start && whole.end <= source.length);
          reached = whole.end;
          assert.deepEqual(sourceSpan(paragraph, 0, text.length), whole);
          assert.doesNotMatch(text, /^\s[^]*\S|\n|\r/);
          let before = 0;
          for (let at = 0; at < text.length; at++) {
            const { start, end } = sourceSpan(paragraph, at, at + 1);
            assert.ok(start >= Math.min(before, start) && end > start && end <= whole.end);
            before = end;
            const written = source.slice(start, end);
            if (written.length === 1)
              assert.ok(
                standsFor(text[at]!, written),
                `${JSON.stringify(text[at])} of ${JSON.stringify(written)}`,
              );
            else if (text[at] !== ' ') assert.match(written, /^&\S+;$/);
          }
          assert.equal(offsets.length % 3, 0);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('gives after edits what reading from scratch gives', () => {
    const filler = fc.constantFrom(
      '',
      'Some words to fill the page with.\n\n'.repeat(8),
      '- an item of a list\n'.repeat(9),
    );
    const start = fc.constantFrom('', '---\na: b\n---\n', '\uFEFF');
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), markdown), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(start, markdown, filler, markdown, filler, edits, (s, a, b, c, d, steps) => {
        let document: ProseDocument = openMarkdown(s + a + b + c + d);
        for (const [at, length, text] of steps) {
          const start = at % (document.text.length + 1);
          const change = { start, end: Math.min(document.text.length, start + length), text };
          document = document.edit([change]);
          assert.deepEqual(document.paragraphs, readMarkdown(document.text), JSON.stringify(document.text));
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('takes several changes at once, in any order', () => {
    const document = openMarkdown('one two three\n\nfour');
    const changes: TextChange[] = [
      { start: 8, end: 13, text: '3' },
      { start: 0, end: 3, text: 'ONE' },
      { start: 19, end: 19, text: 'th' },
    ];
    assert.deepEqual(
      document.edit(changes).paragraphs.map(({ text }) => text),
      ['ONE two 3', 'fourth'],
    );
    assert.throws(
      () =>
        document.edit([
          { start: 0, end: 2, text: '' },
          { start: 1, end: 3, text: '' },
        ]),
      RangeError,
    );
    assert.throws(() => document.edit([{ start: 0, end: 99, text: '' }]), RangeError);
  });

  it('keeps the paragraphs an edit does not reach', () => {
    const before = openMarkdown('one\n\n'.repeat(200) + 'end');
    const after = before.edit([{ start: 500, end: 500, text: 'x' }]);
    assert.equal(after.paragraphs[0], before.paragraphs[0]);
    assert.equal(after.paragraphs.at(-3)?.offsets, before.paragraphs.at(-3)?.offsets);
  });

  const LARGE = 300_000;
  for (const [name, unit] of Object.entries({
    'quote marks': '>',
    'list marks': '- ',
    'ordered marks': '1. ',
    rules: '* ',
    brackets: '[',
    'bracket pairs': '[]',
    'links in brackets': '[[a](b)',
    stars: '*a ',
    'star runs': 'a**b*',
    underscores: '_a_ _',
    'back-ticks': '`a``b```c',
    comments: '<!--',
    instructions: '<?',
    tags: '<a b=',
    dollars: '$a',
    'backslash math': '\\(',
    braces: '{{',
    'inline comments': 'a<!--',
    'inline instructions': 'a<?',
    urls: 'www.',
    'e-mail addresses': 'a.',
    spaces: ' ',
    'open titles': '[a]: b "c\n',
    'table rows': 'a | b\n',
    'quoted lines': '> a\n',
    returns: 'a\r',
    wikilinks: '[[a|',
    'note comments': '%% a ',
    attributes: '{.a ',
    citations: '[@a; ',
    'citation keys': '@a:',
    'line blocks': '| a\n',
    'div fences': '::: a\n',
    definitions: 'a\n: ',
    'HTML blocks': '\n\n<p>a<b>',
    'HTML entities': '\n\n<p>&a',
    'deep HTML': '<div><p>',
    words: 'lorem ',
  }))
    it(`reads ${name} without end in good time`, () => {
      const source = 'x | y\n' + unit.repeat(LARGE / unit.length) + 'x';
      const start = performance.now();
      readMarkdown(source);
      readMarkdown(source, 'mdx');
      const took = performance.now() - start;
      assert.ok(took < 5000, `${Math.round(took)} ms`);
    });

  it('reads the demonstration books', function () {
    const folder = join('..', 'shared', 'data', 'demo');
    const path = join(folder, 'rust-book.md.gz');
    if (!existsSync(path)) {
      console.warn(`SKIPPED: ${path} is missing.`);
      this.skip();
    }
    const source = gunzipSync(readFileSync(path)).toString('utf8');
    let document = openMarkdown(source);
    assert.ok(document.paragraphs.length > 3000);
    assert.ok(
      document.paragraphs.some(({ text }) =>
        text.startsWith(
          'The Rust programming language has come a long way in a few short years, from its creation',
        ),
      ),
    );
    for (let step = 1; step <= 20; step++) {
      const at = Math.floor((document.text.length * step) / 21);
      document = document.edit([
        { start: at, end: at + (step % 3), text: ['x', '\n\n', '`', '*', '> '][step % 5]! },
      ]);
    }
    assert.deepEqual(document.paragraphs, readMarkdown(document.text));
  });
});
