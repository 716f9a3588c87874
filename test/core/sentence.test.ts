import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ENGLISH } from '../../src/languages/english/language';
import { mergeSpans, paragraphAt, sentenceAt } from '../../src/core/prose/sentence';

/** The sentence at a `|`, which is taken out of the text first. */
function at(marked: string): string {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { start, end } = sentenceAt(text, offset, ENGLISH);
  return text.slice(start, end);
}

describe('the sentence at an offset', () => {
  it('goes from its first character to its full stop, without the space around it', () => {
    assert.equal(at('One came.  Two we|nt. Three stayed.'), 'Two went.');
    assert.equal(at('|One came. Two went.'), 'One came.');
    assert.equal(at('One came. Two went.|'), 'Two went.');
    assert.equal(at('  No full stop he|re  '), 'No full stop here');
  });

  it('is the one before where the offset stands between two, and the one that begins at it', () => {
    assert.equal(at('One came. | Two went.'), 'One came.');
    assert.equal(at('One came. |Two went.'), 'Two went.');
  });

  it('keeps quotations with who says them', () => {
    assert.equal(at('He rose. “Stop!” he sa|id. She went.'), '“Stop!” he said.');
    assert.equal(at('He rose. “St|op!” She went.'), '“Stop!”');
    assert.equal(
      at('"Is it so?" asked she (re|ally!) and left. He stayed.'),
      '"Is it so?" asked she (really!) and left.',
    );
  });

  it('does not end at titles, initials and what introduces an example', () => {
    assert.equal(
      at('Here. Mr. Smith met Dr. Jon|es, i.e. Fred. There.'),
      'Mr. Smith met Dr. Jones, i.e. Fred.',
    );
    assert.equal(at('J. K. Rowling wro|te it. So did I. He read it.'), 'J. K. Rowling wrote it.');
    assert.equal(at('J. K. Rowling wrote it. So di|d I. He read it.'), 'So did I.');
    assert.equal(at('He paid 3.50 dol|lars... and left. He came back.'), 'He paid 3.50 dollars... and left.');
  });

  for (const [name, end] of [
    ['line feeds', '\n'],
    ['carriage returns', '\r\n'],
  ] as const) {
    it(`reads wrapped lines as one, with ${name}`, () => {
      const lines = [
        'The river rose. It ran over',
        '  its ba|nk, and',
        'on. Then it fell.',
        '',
        'Another day. It ro|se.',
      ];
      const [first, second] = [lines.slice(0, 4), lines.slice(3)].map((part) => part.join(end));
      assert.equal(at(first!), ['It ran over', '  its bank, and', 'on.'].join(end));
      assert.equal(at(second!), 'It rose.');
      assert.equal(at(['One', 'two', '|', 'three'].join(end)), '');
    });
  }

  it('knows list items and headings', () => {
    assert.equal(at('# The bank\nIt ro|se'), 'It rose');
    assert.equal(at('# The ba|nk\nIt rose'), '# The bank');
    assert.equal(at('- one\n- two is\n  lo|ng\n- three'), '- two is\n  long');
  });

  it('lies within the paragraph, holds the offset or precedes it, and has no space at its ends', () => {
    const piece = fc.constantFrom(
      'a',
      'B',
      '. ',
      '! ',
      '\n',
      '\r\n',
      '\n\n',
      ' ',
      '“',
      '”',
      '# ',
      '- ',
      'Mr.',
      '𝕏',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(), (pieces, seed) => {
        const text = pieces.join('');
        const offset = seed % (text.length + 1);
        const paragraph = paragraphAt(text, offset);
        const { start, end } = sentenceAt(text, offset, ENGLISH);
        const sentence = text.slice(start, end);
        assert.ok(start <= end && start >= paragraph.start && end <= Math.max(paragraph.end, start));
        assert.equal(sentence, sentence.trim());
        assert.ok(start <= Math.max(offset, paragraph.start));
        assert.doesNotMatch(text.slice(paragraph.start, paragraph.end), /\n[^\S\n]*\n/);
      }),
    );
  });
});

describe('merging spans', () => {
  it('orders them and makes one of those that overlap', () => {
    const spans = [
      { start: 8, end: 9 },
      { start: 0, end: 5 },
      { start: 3, end: 4 },
      { start: 4, end: 8 },
    ];
    assert.deepEqual(mergeSpans(spans), [
      { start: 0, end: 8 },
      { start: 8, end: 9 },
    ]);
  });
});
