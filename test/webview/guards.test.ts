import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FromInstancesPanel, ToInstancesPanel } from '../../src/protocol/instancesPanel';
import { isFromInstancesPanel, isToInstancesPanel } from '../../src/protocol/instancesPanelGuards';
import { panelFixture } from '../support/panelFixture';

const { word, uses, asked, pca, umap, neighbours, comparison, evidence, layers } = panelFixture(30);
const TO_PANEL: readonly ToInstancesPanel[] = [
  { type: 'busy', text: 'Reading' },
  { type: 'nothing', text: 'No word here.' },
  { type: 'word', number: 1, word, uses, asked, memory: 'place' },
  { type: 'comparing', id: -1, word: 1 },
  { type: 'neighbours', id: 1, word: 1, neighbours },
  { type: 'map', id: 2, word: 1, map: pca },
  { type: 'map', id: 3, word: 1, map: umap },
  { type: 'comparison', id: -1, word: 1, comparison },
  { type: 'comparison', id: 4, word: 1, comparison: { ...comparison, static: null, random: null } },
  { type: 'evidence', id: 5, word: 1, evidence },
  { type: 'failed', id: 6, word: 1, question: 'map', text: 'Stopped.' },
  { type: 'following', on: true },
  { type: 'focus' },
];
const FROM_PANEL: readonly FromInstancesPanel[] = [
  { type: 'ready' },
  { type: 'goTo', word: 1, use: 3, keepFocus: true },
  { type: 'goToNeighbour', word: 1, neighbour: 0 },
  { type: 'goToPosition', word: 1, document: 0, position: 0.5 },
  { type: 'ask', word: 1, use: 3 },
  { type: 'map', id: 1, word: 1, method: 'umap' },
  { type: 'comparison', id: 2, word: 1, uses: [0, 3] },
  { type: 'evidence', id: 3, word: 1, use: 3 },
  { type: 'neighbours', id: 4, word: 1 },
  { type: 'follow', on: false },
  { type: 'cancel' },
  { type: 'saveList', word: 1, as: 'csv', uses: [2, 0] },
  { type: 'saveMap', as: 'svg', content: '<svg/>' },
  { type: 'chooseEncoder' },
];
const SIDES = [
  { name: 'to the panel', messages: TO_PANEL, isMessage: isToInstancesPanel },
  { name: 'from the panel', messages: FROM_PANEL, isMessage: isFromInstancesPanel },
] as const;

/** Places inside a value, each as a way to put something else there. */
function places(value: unknown): ((other: unknown) => unknown)[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const put = (other: unknown): unknown =>
      Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
    return [put, ...places(inner).map((inside) => (other: unknown) => put(inside(other)))];
  });
}

for (const { name, messages, isMessage } of SIDES)
  describe(`messages ${name}`, () => {
    it('are known, and as copies too', () => {
      for (const message of messages) assert.ok(isMessage(structuredClone(message)), message.type);
      assert.ok(
        isToInstancesPanel({
          type: 'start',
          layers,
          strings: { title: 'x', list: { sorts: { left: 'y' } } },
        }),
      );
    });

    it('are refused with anything of another kind anywhere in them', () => {
      for (const message of messages)
        for (const put of places(message)) {
          assert.ok(!isMessage(put(Symbol.iterator)), message.type);
          assert.ok(!isMessage(put(undefined)), message.type);
          assert.ok(!isMessage(put(NaN)), message.type);
        }
    });

    it('are refused when they are none, without an error', () => {
      for (const type of ['toString', '__proto__', 'constructor', '', 'Ready'])
        assert.ok(!isMessage({ type }), type);
      fc.assert(fc.property(fc.anything({ withNullPrototype: true }), (value) => !isMessage(value)));
    });
  });

describe('a word in a message', () => {
  const about = { type: 'word', number: 1, word, uses, asked, memory: '' } as const;

  it('is refused when its uses name what it has not', () => {
    assert.ok(isToInstancesPanel(about));
    for (const wrong of [{ sense: 99 }, { rival: 99 }, { document: 2 }, { heading: 99 }, { heading: -2 }])
      assert.ok(!isToInstancesPanel({ ...about, uses: [{ ...uses[0], ...wrong }, ...uses.slice(1)] }));
    assert.ok(!isToInstancesPanel({ ...about, asked: uses.length }));
    assert.ok(!isToInstancesPanel({ type: 'map', id: 1, word: 1, map: { ...pca, x: pca.x.slice(1) } }));
  });
});
