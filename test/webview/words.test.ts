import assert from 'node:assert/strict';
import type { PanelStrings } from '../../src/protocol/instancesPanel';
import {
  closerThanText,
  fill,
  firstWords,
  formatCosine,
  shortSense,
} from '../../src/webview/instances/words';
import { panelFixture } from '../support/panelFixture';

const { word, uses, asked } = panelFixture(40);
const strings = {
  use: { closerThan: 'closer than {0} of its uses', notCompared: 'not compared' },
} as PanelStrings;

describe('the words of the panel', () => {
  it('puts values into texts, and text that looks like a hole into none', () => {
    assert.equal(fill('{1} of {0}', '{1}', 2), '2 of {1}');
    assert.equal(fill('{0} {2}', 1), '1 {2}');
  });

  it('leads with the rank among the word’s own uses', () => {
    const near = { ...uses[0]!, closerThan: 0.834 };
    assert.equal(closerThanText(near, strings, 'en'), 'closer than 83% of its uses');
    assert.match(closerThanText(near, strings, 'de'), /83\u00a0%/);
    assert.equal(closerThanText(uses[asked]!, strings, 'en'), 'not compared');
  });

  it('names a sense by a synonym, else by the start of its gloss, cut at a word', () => {
    assert.equal(shortSense(word, 1), 'depository financial institution');
    assert.equal(shortSense(word, 0), 'sloping land');
    assert.equal(shortSense(word, 3), 'an arrangement of…');
    assert.equal(firstWords('unbreakably long', 8), 'unbreaka…');
  });

  it('writes a cosine below nought with a minus sign', () => {
    assert.equal(formatCosine(-0.125), '−0.13');
  });
});
