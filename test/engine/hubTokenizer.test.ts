import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { WordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import { createHubTokenizer, type TokenizerJson } from '../../src/engine/tokenizers/hubTokenizer';
import { alignPieces } from '../../src/engine/tokenizers/pieceAlignment';
import { parityFixture } from '../support/artifacts';
import { hubTokenizerJson } from '../support/hubFolder';
import { byteFallbackBpe, byteLevelBpe, casedWordPiece, unigram } from '../support/tinyTokenizers';

const KINDS: Readonly<Record<string, TokenizerJson>> = {
  'cased WordPiece': casedWordPiece,
  'byte-level BPE': byteLevelBpe,
  'SentencePiece unigram': unigram,
  'SentencePiece BPE with bytes': byteFallbackBpe,
};

/** Each piece's id and the text it stands on. */
function read(tokenizer: WordPieceTokenizer, text: string): [number, string][] {
  const { ids, starts, ends } = tokenizer.split(text);
  return ids.map((id, i) => [id, text.slice(starts[i], ends[i])]);
}

/** What each piece stands on. */
async function covers(json: TokenizerJson, text: string): Promise<string[]> {
  return read(await createHubTokenizer(json, {}), text).map(([, part]) => part);
}

describe('tokenizers of the Hugging Face hub', () => {
  it('give the reference pieces and offsets of the encoder that ships', async () => {
    const tokenizer = await createHubTokenizer(hubTokenizerJson(), {});
    const { sentences } = parityFixture();
    let chunks = 0;
    let same = 0;
    for (const { text, pieces, offsets } of sentences) {
      const { ids, starts, ends } = tokenizer.split(text);
      const key = (id: number, start: number, end: number): string => `${id} at ${start}-${end}`;
      const ours = ids.map((id, i) => ({ key: key(id, starts[i]!, ends[i]!), start: starts[i]! }));
      const theirs = pieces
        .map((id, i) => ({ key: key(id, ...offsets[i]!), start: offsets[i]![0] }))
        .slice(1, -1);
      for (const { 0: chunk, index } of text.matchAll(/\S+/g)) {
        const within = ({ start }: { start: number }): boolean =>
          start >= index && start < index + chunk.length;
        const list = (all: typeof ours): string =>
          all
            .filter(within)
            .map((piece) => piece.key)
            .join();
        chunks++;
        if (list(ours) === list(theirs)) same++;
      }
    }
    assert.ok(chunks > 900 && same >= 0.99 * chunks, `${same} of ${chunks} chunks`);
  });

  it('align cased WordPiece, accents and unknown words too', async () => {
    assert.deepEqual(await covers(casedWordPiece, 'The banks of Paris.'), [
      'The',
      'bank',
      's',
      'of',
      'Par',
      'is',
      '.',
    ]);
    // One [UNK] between two known pieces.
    assert.deepEqual(await covers(casedWordPiece, 'The ,quux, bank'), ['The', ',', 'quux', ',', 'bank']);
    // A loose accent is in no piece; the word it belongs to overlaps its letter's all the same.
    assert.deepEqual(await covers(casedWordPiece, 'e\u0301 of é'), ['e', 'of', 'é']);
  });

  it('align byte-level BPE, where a piece may be a part of a character', async () => {
    assert.deepEqual(await covers(byteLevelBpe, 'banan bank'), ['b', 'an', 'an', 'bank']);
    assert.deepEqual(await covers(byteLevelBpe, 'a 🏦'), ['a', '', '🏦', '🏦', '🏦', '🏦']);
    const spaced = await createHubTokenizer(byteLevelBpe, {});
    assert.deepEqual(read(spaced, 'a\n\n  bank'), read(spaced, 'a bank'));
  });

  it('align SentencePiece, with compatibility forms and unknown characters', async () => {
    assert.deepEqual(await covers(unigram, 'The banks of Paris.'), [
      'The',
      'bank',
      's',
      'of',
      'Par',
      'is',
      '.',
    ]);
    // NFKC makes two characters of the ligature.
    assert.deepEqual(await covers(unigram, 'a ﬁ'), ['', 'a', '', 'ﬁ']);
    assert.deepEqual((await covers(unigram, 'The 銀行s')).at(-1), 's');
    assert.ok((await covers(unigram, 'The 銀行s')).includes('銀行'));
    assert.deepEqual(await covers(byteFallbackBpe, 'bank é'), ['bank', '', 'é', 'é']);
  });

  for (const [kind, json] of Object.entries(KINDS)) {
    it(`give offsets in order and inside the text: ${kind}`, async () => {
      const tokenizer = await createHubTokenizer(json, {});
      const words = fc.constantFrom('The', 'banks', 'Paris', 'é', '🏦', '銀', '\ud800', '...', '\u0301', 'ﬁ');
      const spaces = fc.constantFrom(' ', '  ', '\n', '\u00a0', '');
      fc.assert(
        fc.property(fc.array(fc.tuple(words, spaces)), (parts) => {
          const text = parts.flat().join('');
          const { ids, starts, ends } = tokenizer.split(text);
          assert.ok(starts.length === ids.length && ends.length === ids.length);
          ids.forEach((_, i) => {
            assert.ok(
              starts[i]! >= (starts[i - 1] ?? 0) && ends[i]! <= text.length && starts[i]! <= ends[i]!,
            );
          });
        }),
      );
    });
  }

  it('cut a text without white space, so that its length does not matter', async () => {
    const tokenizer = await createHubTokenizer(unigram, {});
    const text = 'a'.repeat(20_001);
    const { starts, ends } = tokenizer.split(text);
    assert.equal(starts[0], 0);
    assert.equal(ends.at(-1), text.length);
  });

  it('frame a window by the pieces the tokenizer frames a text by', async () => {
    const { cls, sep } = await createHubTokenizer(unigram, {});
    assert.deepEqual([cls, sep], [0, 2]);
    await assert.rejects(
      createHubTokenizer({ ...unigram, post_processor: null } as TokenizerJson, {}),
      /does not frame a text/,
    );
  });
});

describe('alignment of pieces', () => {
  const align = (text: string, ...pieces: (string | undefined)[]): string[] =>
    alignPieces(
      text,
      pieces.map((piece) => (piece === undefined ? undefined : Buffer.from(piece))),
    ).map(({ start, end }) => text.slice(start, end));

  it('looks past case, accents and white space', () => {
    assert.deepEqual(align(' Élan', 'el', 'an'), ['Él', 'an']);
    assert.deepEqual(align('ŒUVRE', 'œuv', 're'), ['ŒUV', 'RE']);
  });

  it('lets unknown pieces reach to the next known one', () => {
    assert.deepEqual(align('x?y', undefined, 'y'), ['x?', 'y']);
    assert.deepEqual(align('abxyz', 'ab', undefined, undefined), ['ab', 'xyz', 'xyz']);
  });

  it('takes the whole text where the pieces do not spell it', () => {
    assert.deepEqual(align(' bank', 'ba', 'x'), ['bank', 'bank']);
    assert.deepEqual(align('bank', 'ba'), ['bank']);
    assert.deepEqual(align('bank', 'bank', 's'), ['bank', 'bank']);
  });

  it('gives a piece of nothing no text', () => {
    assert.deepEqual(align('bank', '▁', 'bank'), ['', 'bank']);
    assert.deepEqual(alignPieces('', []), []);
  });
});
