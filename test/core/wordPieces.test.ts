import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import { encoderVocabulary, parityFixture } from '../support/artifacts';

describe('WordPiece', () => {
  const tokenizer = createWordPieceTokenizer(encoderVocabulary());
  const pieces = (text: string): string[] => {
    const { starts, ends } = tokenizer.split(text);
    return starts.map((start, i) => text.slice(start, ends[i]));
  };

  it('gives the pieces and offsets of the reference tokenizer', () => {
    for (const { text, pieces: expected, offsets } of parityFixture().sentences) {
      const { ids, starts, ends } = tokenizer.split(text);
      assert.deepEqual([tokenizer.cls, ...ids, tokenizer.sep], expected, text);
      const spans = starts.map((start, i) => [start, ends[i]]);
      assert.deepEqual(spans, offsets.slice(1, -1), text);
    }
  });

  const cases: readonly (readonly [text: string, pieces: readonly string[]])[] = [
    ['', []],
    [' \t\r\n\u00a0', []],
    ['Playing', ['Playing']],
    ['unbelievably', ['un', 'bel', 'ie', 'va', 'bly']],
    ['naïve', ['naïve']],
    ['nai\u0308ve', ['nai\u0308ve']],
    ["don't", ['don', "'", 't']],
    ['well-known', ['well', '-', 'known']],
    ['“Yes,” he said—twice.', ['“', 'Yes', ',', '”', 'he', 'said', '—', 'twice', '.']],
    ['日本', ['日', '本']],
    ['a\ud83d\ude00b c', ['a\ud83d\ude00b', 'c']],
    ['\ud800', []],
    ['x'.repeat(101), ['x'.repeat(101)]],
  ];
  for (const [text, expected] of cases) {
    it(`splits ${JSON.stringify(text).slice(0, 40)}`, () => assert.deepEqual(pieces(text), expected));
  }

  it('keeps offsets ordered, apart and inside the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { ids, starts, ends } = tokenizer.split(text);
        assert.equal(ids.length, starts.length);
        for (let i = 0; i < ids.length; i++) {
          assert.ok(starts[i]! < ends[i]! && ends[i]! <= text.length);
          // One character can become two pieces (a ligature, say); they then share its span.
          if (i > 0) assert.ok(starts[i]! >= starts[i - 1]!);
        }
      }),
    );
  });

  it('refuses a vocabulary that is not BERT’s', () => {
    assert.throws(() => createWordPieceTokenizer(['a', 'b']), /not a BERT vocabulary/);
  });
});
