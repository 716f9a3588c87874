import assert from 'node:assert/strict';
import fc from 'fast-check';
import { restoredState, stateAbout } from '../../src/webview/instances/state';

const initial = restoredState(undefined);

describe('the state that outlives the page', () => {
  it('comes back as it was kept', () => {
    const state = {
      ...initial,
      view: 'map',
      sort: 'left',
      reversed: true,
      hiddenSenses: [1],
      lasso: [3, 4],
      selected: 3,
      zoom: [2, 10, -4],
      word: 7,
    };
    assert.deepEqual(restoredState(structuredClone(state)), state);
  });

  it('begins anew where it is damaged', () => {
    assert.deepEqual(restoredState({ view: 'elsewhere', zoom: ['x'], selected: 1.5, lasso: {} }), initial);
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        assert.deepEqual(Object.keys(restoredState(kept)).sort(), Object.keys(initial).sort());
      }),
    );
  });

  it('forgets filters and places with another word, but not how the reader likes the list', () => {
    const state = { ...initial, word: 1, filter: 'river', selected: 3, sort: 'right' as const };
    assert.equal(stateAbout(state, 1), state);
    assert.deepEqual(stateAbout(state, 2), { ...initial, word: 2, sort: 'right' });
  });
});
