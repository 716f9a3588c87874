import assert from 'node:assert/strict';
import {
  isUnlisted,
  nameSenses,
  type PipelineDeps,
  readParagraphs,
  readProse,
  type Reading,
} from '../../src/core';
import { wordnet } from '../support/artifacts';
import { fakePipeline } from '../support/fakeReading';

const inventory = wordnet();
const [person] = nameSenses(inventory);

/** Reads with a ranker that has the sense of persons first or last, wherever it is a candidate. */
async function read(
  text: string,
  place: 'first' | 'last',
  kind: 'trained' | 'none' = 'trained',
): Promise<Reading> {
  const rank: PipelineDeps['ranker']['rank'] = (_, candidates) =>
    candidates
      .map((sense) => {
        const score = (sense === person) === (place === 'first') ? 1 : 0;
        return { sense, cosine: score, score, contextScore: score, evidence: { kind, uses: 1 } };
      })
      .sort((a, b) => b.score - a.score);
  const [reading] = await readParagraphs(readProse(text, 'plain'), { ...fakePipeline(), ranker: { rank } });
  return reading!;
}

describe('names', () => {
  const TEXT = 'They met Nick Skorich and Zibbert in Paris.';
  const namesIn = ({ abstentions }: Reading): unknown[] =>
    abstentions.filter(({ reason }) => reason === 'proper name').map(({ text, of }) => [text, of]);
  const formsIn = ({ annotations }: Reading): string[] => annotations.map(({ text }) => text);

  it('are told to be names of persons, locations or groups, those that WordNet lists too', async () => {
    const reading = await read(TEXT, 'first');
    const key = 'person%1:03:00::';
    assert.deepEqual(namesIn(reading), [
      ['Nick Skorich', key],
      ['Zibbert', key],
      ['Paris', key],
    ]);
    assert.ok(!formsIn(reading).includes('Paris'));
  });

  it('that WordNet lists have its senses where none of the three is nearer, and only those', async () => {
    const reading = await read(TEXT, 'last');
    const paris = reading.annotations.find(({ text }) => text === 'Paris')!;
    const own = inventory.senses('paris', 'noun').filter((sense) => inventory.isCapitalised(sense));
    assert.deepEqual(paris.candidates.map(({ sense }) => inventory.find(sense)).sort(), [...own].sort());
    assert.ok(Math.abs(paris.candidates.reduce((sum, { probability }) => sum + probability, 0) - 1) < 1e-9);
    assert.deepEqual(
      namesIn(reading).map((name) => (name as string[])[0]),
      ['Nick Skorich', 'Zibbert'],
    );
  });

  it('of places and groups that WordNet lists yield to persons only', () => {
    const [, location, group] = nameSenses(inventory);
    const unlisted = (lemma: string): boolean[] =>
      [person, location, group].map((name) => isUnlisted(name!, inventory.senses(lemma, 'noun'), inventory));
    assert.deepEqual(unlisted('paris'), [true, false, false]);
    assert.deepEqual(unlisted('senate'), [true, false, false]);
    assert.deepEqual(unlisted('shaw'), [true, true, true]);
  });

  it('are told to be names and no more by an index that never saw one', async () => {
    const reading = await read(TEXT, 'first', 'none');
    assert.deepEqual(namesIn(reading), [
      ['Nick Skorich', undefined],
      ['Zibbert', undefined],
    ]);
    assert.ok(formsIn(reading).includes('Paris'));
  });
});
