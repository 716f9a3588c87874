import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PanelSort, PanelUse } from '../../src/protocol/instancesPanel';
import { createUseList, type Listing, rowsOf } from '../../src/webview/instances/list';
import { panelFixture } from '../support/panelFixture';

const EVERYTHING: Listing = {
  sort: 'position',
  reversed: false,
  filter: '',
  hiddenSenses: new Set(),
  lasso: null,
};

function use(part: Partial<PanelUse>): PanelUse {
  return {
    ...{ document: 0, sense: 0, rival: -1, line: 1, position: 0, heading: -1, left: '', keyword: 'bank' },
    ...{ right: '', cosine: 0.5, probability: 0.9, unsure: false, similarity: 0.5, closerThan: 0.5 },
    ...part,
  };
}

function sorted(uses: readonly PanelUse[], sort: PanelSort, asked = 0, reversed = false): number[] {
  return createUseList(uses, asked, 'en').list({ ...EVERYTHING, sort, reversed });
}

describe('the list of uses', () => {
  it('compares what stands before the word by word, from the word leftwards', () => {
    const uses = ['by the old ', 'to a grassy ', 'on the grassy ', 'at the ', 'Grassy, “'].map((left) =>
      use({ left }),
    );
    // grassy < a grassy (to) < the grassy; then old; then the.
    assert.deepEqual(sorted(uses, 'left'), [4, 1, 2, 0, 3]);
  });

  it('compares what follows from the word rightwards, whatever marks stand between', () => {
    const uses = [' of sand', ', of earth', '. Zebras', ' above'].map((right) => use({ right }));
    assert.deepEqual(sorted(uses, 'right'), [3, 1, 0, 2]);
  });

  it('has the use asked about first and uses without a vector last when sorted by similarity', () => {
    const uses = [{ similarity: 0.2 }, { similarity: null }, { similarity: 0.1 }, { similarity: 0.9 }].map(
      use,
    );
    assert.deepEqual(sorted(uses, 'similarity', 2), [2, 3, 0, 1]);
  });

  it('has the documents one after the other in the order of the text', () => {
    const uses = [
      { document: 1, position: 0.1 },
      { document: 0, position: 0.9 },
      { document: 0, position: 0.2 },
    ].map(use);
    assert.deepEqual(sorted(uses, 'position'), [2, 1, 0]);
    assert.deepEqual(sorted(uses, 'position', 0, true), [0, 1, 2]);
  });

  it('finds text over the word’s edges, in either case, with any white space', () => {
    const uses = [use({ left: 'the muddy\n', right: ' of the' }), use({ left: 'the ' })];
    const list = (filter: string): number[] => createUseList(uses, 0, 'en').list({ ...EVERYTHING, filter });
    assert.deepEqual(list('MUDDY BANK of'), [0]);
    assert.deepEqual(list(' the bank '), [1]);
    assert.deepEqual(list('no such'), []);
    assert.deepEqual(list('  '), [0, 1]);
  });

  it('keeps in each order just the uses that pass every filter', () => {
    const { uses, asked } = panelFixture(120);
    const list = createUseList(uses, asked, 'en');
    const indices = fc.uniqueArray(fc.nat(uses.length - 1));
    const sorts = fc.constantFrom<PanelSort>(
      'similarity',
      'position',
      'left',
      'right',
      'sense',
      'probability',
    );
    fc.assert(
      fc.property(
        sorts,
        fc.boolean(),
        fc.constantFrom('', 'river', 'the'),
        fc.uniqueArray(fc.nat(5)),
        fc.option(indices),
        (sort, reversed, filter, hidden, lasso) => {
          const listed = list.list({
            sort,
            reversed,
            filter,
            hiddenSenses: new Set(hidden),
            lasso: lasso && new Set(lasso),
          });
          const expected = uses
            .map((_, i) => i)
            .filter(
              (i) =>
                !hidden.includes(uses[i]!.sense) &&
                (!lasso || lasso.includes(i)) &&
                `${uses[i]!.left}${uses[i]!.keyword}${uses[i]!.right}`.toLowerCase().includes(filter),
            );
          assert.deepEqual(
            listed.toSorted((a, b) => a - b),
            expected,
          );
        },
      ),
    );
  });

  it('keeps its order inside groups, which come in the order of the senses', () => {
    const uses = [{ sense: 1 }, { sense: 0 }, { sense: 1 }].map(use);
    assert.deepEqual(rowsOf([2, 1, 0], uses, true), [
      { kind: 'group', sense: 0, uses: 1 },
      { kind: 'use', use: 1 },
      { kind: 'group', sense: 1, uses: 2 },
      { kind: 'use', use: 2 },
      { kind: 'use', use: 0 },
    ]);
    assert.equal(rowsOf([2, 1, 0], uses, false).length, 3);
  });
});
