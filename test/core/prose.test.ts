import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedText, inOrder } from '../../src/core/edits';
import { buildParagraph, moveParagraph, type Paragraph } from '../../src/core/prose/paragraph';
import { formatOf, openProse, readProse, sourceSpan } from '../../src/core/prose/prose';

describe('formats', () => {
  const check = (fileName: string, expected: string): void =>
    assert.equal(formatOf(fileName), expected, fileName);

  it('are recognised by the file name', () => {
    for (const name of ['a.md', 'A.MD', '/b/c.markdown', 'd.mdown', 'e.mkd', 'g.qmd', 'h.Rmd'])
      check(name, 'markdown');
    for (const name of ['f.mdx', 'F.MDX']) check(name, 'mdx');
    for (const name of ['a.txt', 'md', 'a.md.txt', '', '.md.bak', 'README']) check(name, 'plain');
  });
});

describe('prose', () => {
  it('is read by its format', () => {
    assert.deepEqual(
      readProse('# a\n_b_ *c*', 'markdown').map(({ text }) => text),
      ['a', 'b c'],
    );
    assert.deepEqual(
      readProse('# a\n_b_ *c*', 'plain').map(({ text }) => text),
      ['# a b *c*'],
    );
  });

  it('passes the options on', () => {
    assert.equal(readProse('some-\nthing', 'plain', { isWord: () => true })[0]?.text, 'something');
  });

  it('survives a message between processes', () => {
    const source = '*a* &amp; b';
    const [paragraph] = readProse(source, 'markdown');
    assert.ok(paragraph);
    const received = structuredClone(paragraph);
    assert.deepEqual(received, paragraph);
    assert.deepEqual(sourceSpan(received, 2, 3), { start: 4, end: 9 });
  });

  it('is the same document after no change', () => {
    const document = openProse('a', 'plain');
    assert.equal(document.edit([]), document);
  });

  it('never throws', () => {
    for (const format of ['markdown', 'plain'] as const)
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
          for (const paragraph of readProse(text, format)) assert.ok(paragraph.source.end <= text.length);
        }),
      );
  });
});

describe('offset map', () => {
  const source = 'x **two**  wo&amp;rds y';
  const build = (): Paragraph => {
    const builder = buildParagraph(source);
    builder.copy(4, 7);
    builder.copy(9, 13);
    builder.put('&', 13, 18);
    builder.copy(18, 21);
    return builder.finish('body')!;
  };

  it('maps text to source, by word and by part', () => {
    const paragraph = build();
    const check = (start: number, end: number, expected: string): void => {
      const span = sourceSpan(paragraph, start, end);
      assert.equal(source.slice(span.start, span.end), expected);
    };
    assert.equal(paragraph.text, 'two wo&rds');
    check(0, 3, 'two');
    check(1, 2, 'w');
    check(3, 4, '  ');
    check(4, 10, 'wo&amp;rds');
    check(6, 7, '&amp;');
    check(7, 10, 'rds');
    check(0, 10, 'two**  wo&amp;rds');
    check(-1, 99, 'two**  wo&amp;rds');
    assert.deepEqual(sourceSpan(paragraph, 5, 5), { start: 12, end: 12 });
    assert.deepEqual(sourceSpan(paragraph, 10, 10), { start: 21, end: 21 });
  });

  it('moves with its paragraph', () => {
    const paragraph = build();
    const moved = moveParagraph(paragraph, 10);
    assert.deepEqual(sourceSpan(moved, 4, 10), { start: 21, end: 31 });
    assert.equal(moved.offsets, paragraph.offsets);
    assert.equal(moveParagraph(paragraph, 0), paragraph);
  });
});

describe('changes', () => {
  it('apply together', () => {
    const changes = inOrder(
      [
        { start: 3, end: 3, text: '!' },
        { start: 0, end: 1, text: 'A' },
      ],
      3,
    );
    assert.equal(changedText('abc', changes), 'Abc!');
  });
});
