import assert from 'node:assert/strict';
import { createTagger } from '../../src/languages/english/tagger';

const tagger = createTagger();

function tokens(text: string): string[] {
  return tagger.tag(text).flatMap((sentence) => sentence.tokens.map((token) => token.text));
}

describe('tagger', () => {
  it('takes no full stop of a sentence into its last word', () => {
    assert.deepEqual(tokens('The tide came in. The boats rose.').slice(2, 6), ['came', 'in', '.', 'The']);
    assert.deepEqual(tokens('They waited for the sun.').slice(-2), ['sun', '.']);
    assert.deepEqual(tokens('“Nobody came in.” She wept.').slice(3, 6), ['in', '.', '”']);
    assert.ok(tokens('Mr. Hall came at 5 p.m. on Monday.').includes('Mr.'));
  });

  for (const one of [
    'README.md',
    'src/core/bank.ts',
    '/usr/local/share',
    './bank/index.html',
    'file_name',
    'https://bank.example/a?b=c',
    'jane@bank.example',
  ]) {
    it(`leaves ${one} whole, and what is around it where it stands`, () => {
      const text = `See ${one}, and then (${one}) once more.`;
      const found = tagger.tag(text).flatMap((sentence) => sentence.tokens);
      assert.deepEqual(
        found.filter(({ text: form }) => form === one).map(({ start, end, tag }) => [start, end, tag]),
        [text.indexOf(one), text.lastIndexOf(one)].map((start) => [start, start + one.length, 'SYM']),
      );
      for (const { start, end, text: form } of found) assert.equal(text.slice(start, end), form);
    });
  }

  it('takes no words with a slash, a stop or a hyphen between them for a path', () => {
    assert.deepEqual(tokens('bread and/or water').slice(1, 4), ['and', '/', 'or']);
    assert.deepEqual(tokens('He came home at night.he slept.').slice(4, 7), ['night', '.', 'he']);
  });

  it('reads no run without a space that is longer than any word, whatever it is made of', () => {
    for (const run of ['the_bank_of_'.repeat(1400), 'aB3/'.repeat(4000), 'a.b'.repeat(5000)]) {
      const found = tokens(`Here ${run} ends.`);
      assert.deepEqual([found.length, found[0], found.at(-2), found.at(-1)], [4, 'Here', 'ends', '.']);
    }
    assert.equal(tokens('the_bank_of_'.repeat(1400)).length, 1);
  });
});
