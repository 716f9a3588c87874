import assert from 'node:assert/strict';
import type { PanelAnswer, PanelRequest } from '../../src/protocol/instancesPanel';
import {
  afterRefresh,
  isWaitingFor,
  NO_ANSWERS,
  withAnswer,
  withQuestion,
} from '../../src/webview/instances/questions';
import { panelFixture } from '../support/panelFixture';

const { pca, umap, comparison, evidence, neighbours } = panelFixture(30);
const question: PanelRequest = { type: 'evidence', id: 5, word: 2, use: 3 };
const answer: PanelAnswer = { type: 'evidence', id: 5, word: 2, evidence };
const asked = withQuestion(NO_ANSWERS, question);

describe('questions of the page and their answers', () => {
  it('takes an answer once, by its id and word', () => {
    const answered = withAnswer(asked, answer);
    assert.deepEqual(answered, { ...NO_ANSWERS, evidence });
    assert.equal(withAnswer(answered, answer), undefined);
  });

  it('drops an answer about another word, to another question, or to none', () => {
    assert.equal(withAnswer(asked, { ...answer, word: 1 }), undefined);
    assert.equal(withAnswer(asked, { ...answer, id: 4 }), undefined);
    assert.equal(withAnswer(asked, { type: 'neighbours', id: 5, word: 2, neighbours }), undefined);
    assert.equal(withAnswer(NO_ANSWERS, answer), undefined);
    const failed = { type: 'failed', id: 4, word: 2, question: 'evidence', text: 'Stopped.' } as const;
    assert.equal(withAnswer(asked, failed), undefined);
  });

  it('waits for the newest question of a kind', () => {
    const first = withQuestion(asked, { type: 'map', id: 6, word: 2, method: 'pca' });
    const second = withQuestion(first, { type: 'map', id: 7, word: 2, method: 'umap' });
    assert.equal(withAnswer(second, { type: 'map', id: 6, word: 2, map: pca }), undefined);
    const answered = withAnswer(second, { type: 'map', id: 7, word: 2, map: umap });
    assert.equal(answered?.map, umap);
    // Questions of other kinds are still under way.
    assert.equal(withAnswer(answered, answer)?.evidence, evidence);
  });

  it('knows a question that is under way by what it asks', () => {
    assert.ok(isWaitingFor(asked, { ...question, id: 8 }));
    assert.ok(!isWaitingFor(asked, { ...question, use: 4 }));
    assert.ok(!isWaitingFor(asked, { type: 'neighbours', id: 8, word: 2 }));
    assert.ok(!isWaitingFor(NO_ANSWERS, question));
  });

  it('shows a failure until the question is asked again', () => {
    const failed = withAnswer(asked, {
      ...{ type: 'failed', id: 5, word: 2, question: 'evidence', text: 'Stopped.' },
    });
    assert.deepEqual([failed?.failed.get('evidence'), failed?.waiting.size], ['Stopped.', 0]);
    assert.equal(withQuestion(failed!, question).failed.size, 0);
  });

  it('keeps the map, and waits for a comparison only, when the same uses are listed again', () => {
    const compared = { type: 'comparison', id: 6, word: 2, uses: [0, 3] } as const;
    const waiting = withQuestion({ ...asked, map: pca, neighbours }, compared);
    const refreshed = afterRefresh(waiting, true);
    assert.deepEqual(refreshed, { ...withQuestion(NO_ANSWERS, compared), map: pca });
    assert.equal(withAnswer(refreshed, answer), undefined);
    assert.deepEqual(afterRefresh(waiting, false), { ...NO_ANSWERS, map: pca });
  });

  it('takes the answer to a comparison that began in the editor', () => {
    const comparing = withQuestion(asked, { type: 'comparing', id: -1, word: 2 });
    const about = { id: -1, word: 2 };
    assert.equal(withAnswer(comparing, { type: 'comparison', ...about, comparison })?.comparison, comparison);
    const other = withQuestion(comparing, { type: 'comparison', id: 6, word: 2, uses: [0, 3] });
    assert.equal(withAnswer(other, { type: 'comparison', ...about, comparison }), undefined);
  });
});
