import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeCorrections, parseCorrections } from '../../src/core/corrections/correctionsFile';
import type { Correction } from '../../src/core/corrections/correction';

const correction = (id: string, document = 'a.md', offset = 0): Correction => ({
  id,
  document,
  word: 'bank',
  sense: 'bank%1:17:01::',
  before: 'the ',
  after: ' of the “river”\n',
  offset,
  passage: 'He sat on the bank of the “river”.',
  at: 14,
});
const put = (...corrections: Correction[]): { put: Correction }[] => corrections.map((one) => ({ put: one }));
const HEADING = '{"glossight":"corrections","version":1}';

describe('the file of corrections', () => {
  it('gives back what was put in it, in the order of document and offset, whatever the order of changes', () => {
    const entry = fc.record({
      id: fc.nat(9),
      document: fc.constantFrom('a.md', 'ö/b.md'),
      offset: fc.nat(99),
    });
    fc.assert(
      fc.property(fc.array(entry), fc.array(fc.nat(9)), (entries, removed) => {
        const all = entries.map(({ id, document, offset }) => correction(`${id}`, document, offset));
        const text = changeCorrections('', [...put(...all), ...removed.map((id) => ({ remove: `${id}` }))]);
        const { corrections, problems } = parseCorrections(text);
        assert.deepEqual(problems, []);
        const last = new Map(all.map((one) => [one.id, one]));
        for (const id of removed) last.delete(`${id}`);
        const order = (a: Correction, b: Correction): number =>
          a.document < b.document
            ? -1
            : a.document > b.document
              ? 1
              : a.offset - b.offset || (a.id < b.id ? -1 : 1);
        assert.deepEqual(corrections, [...last.values()].sort(order));
      }),
    );
  });

  it('takes up one line a correction, so that two versions merge line by line', () => {
    const text = changeCorrections('', put(correction('2', 'b.md'), correction('1')));
    const lines = text.split('\n');
    assert.equal(lines.length, 4);
    assert.equal(lines[0], HEADING);
    assert.match(lines[1]!, /^\{"document":"a\.md","word":"bank","sense":"bank%1:17:01::"/);
    assert.equal(lines[3], '');
    const changed = changeCorrections(text, put({ ...correction('1'), sense: 'bank%1:14:00::' }));
    assert.equal(changed.split('\n')[2], lines[2]);
  });

  it('uses the good part of a file with a mistake, and keeps the bad line to the letter', () => {
    const good = changeCorrections('', put(correction('1'), correction('2', 'b.md')));
    const bad = good.replace('"word":"bank"', '"word:"bank"').replace(/\n/g, '\r\n');
    const { corrections, problems, isWritable } = parseCorrections(bad);
    assert.deepEqual(
      corrections.map(({ id }) => id),
      ['2'],
    );
    assert.deepEqual(problems, [{ line: 2, kind: 'not a correction' }]);
    assert.ok(isWritable);
    const changed = changeCorrections(bad, put(correction('3')));
    assert.ok(changed.startsWith(bad));
    assert.deepEqual(
      parseCorrections(changed).corrections.map(({ id }) => id),
      ['2', '3'],
    );
  });

  it('uses no line whose document leads out of the folder, on any system, and keeps it to the letter', () => {
    const names = [
      '/etc/passwd',
      '../a.md',
      'a/../../b.md',
      'a/..',
      '..',
      '\\\\server\\a.md',
      '..\\a.md',
      'C:\\a.md',
      'c:/a.md',
    ];
    const inside = ['a.md', '...', 'a..b/..c.md', 'C', 'file:///home/a.md', 'untitled:Untitled-1'];
    const lines = [...names, ...inside].map((document, i) =>
      JSON.stringify({ ...correction(String(i)), document }),
    );
    const text = [HEADING, ...lines, ''].join('\n');
    const { corrections, problems, isWritable } = parseCorrections(text);
    assert.deepEqual(
      corrections.map(({ document }) => document),
      inside,
    );
    assert.deepEqual(
      problems,
      names.map((_, i) => ({ line: i + 2, kind: 'outside the folder' })),
    );
    assert.ok(isWritable);
    assert.ok(changeCorrections(text, put(correction('new'))).startsWith(text));
  });

  it('uses both sides of a conflict, and writes outside of it', () => {
    const [ours, theirs] = ['1', '2'].map((id) => changeCorrections('', put(correction(id))).split('\n')[1]!);
    const text = [HEADING, '<<<<<<< ours', ours, '=======', theirs, '>>>>>>> theirs', ''].join('\n');
    const { corrections, problems } = parseCorrections(text);
    assert.deepEqual(
      corrections.map(({ id }) => id),
      ['1', '2'],
    );
    assert.deepEqual(
      problems.map(({ line, kind }) => [line, kind]),
      [2, 4, 6].map((line) => [line, 'merge marker']),
    );
    const changed = changeCorrections(text, put(correction('0')));
    assert.ok(changed.startsWith(text));
  });

  it('reads a file of a newer version as far as it can, and never changes it', () => {
    const text = changeCorrections('', put(correction('1'))).replace('"version":1', '"version":2');
    const { corrections, problems, isWritable } = parseCorrections(text);
    assert.deepEqual(
      corrections.map(({ id }) => id),
      ['1'],
    );
    assert.deepEqual(problems, [{ line: 1, kind: 'newer version' }]);
    assert.equal(isWritable, false);
    assert.throws(() => changeCorrections(text, put(correction('2'))));
  });

  it('reads a file that was cut short up to the cut, and goes on behind it', () => {
    const whole = changeCorrections('', put(correction('1'), correction('2', 'b.md')));
    for (let length = 1; length < whole.length; length++) {
      const cut = whole.slice(0, length);
      const { corrections } = parseCorrections(cut);
      const changed = changeCorrections(cut, put(correction('3', 'c.md')));
      assert.ok(changed.startsWith(cut));
      assert.deepEqual(
        parseCorrections(changed).corrections.map(({ id }) => id),
        [...corrections.map(({ id }) => id), '3'],
      );
    }
  });

  it('keeps fields that it does not know', () => {
    const text = changeCorrections('', put(correction('1'))).replace('"id":"1"', '"id":"1","note":"sic"');
    const changed = changeCorrections(text, put({ ...correction('1'), offset: 7 }));
    assert.match(changed, /"offset":7.*"note":"sic"/);
  });
});
