import assert from 'node:assert/strict';
import { areKnownPersons, nameSenses } from '../../src/languages/english/names';
import { readParagraphs, type Reading } from '../../src/core/pipeline';
import { readProse } from '../../src/core/prose/prose';
import { wordnet } from '../support/artifacts';
import { fakePipeline } from '../support/fakeReading';
import { scoringRanker } from '../support/scoringRanker';

const inventory = wordnet();
const [person] = nameSenses(inventory);

/** Reads with a ranker that has the sense of persons first or last, wherever it is a candidate, the first at a cosine. */
async function read(text: string, place: 'first' | 'last', nearest = 1): Promise<Reading> {
  const ranker = scoringRanker((sense) => ((sense === person) === (place === 'first') ? nearest : 0));
  const [reading] = await readParagraphs(readProse(text, 'plain'), [{ ...fakePipeline(), ranker }]);
  return reading!;
}

describe('names', () => {
  const TEXT = 'They met Nick Skorich and Zibbert with Shaw.';
  const namesIn = ({ abstentions }: Reading): unknown[] =>
    abstentions.filter(({ reason }) => reason === 'proper name').map(({ text, of }) => [text, of]);
  const formsIn = ({ annotations }: Reading): string[] => annotations.map(({ text }) => text);

  it('are recognised as names of persons, locations or groups, also those that WordNet lists', async () => {
    const reading = await read(TEXT, 'first');
    assert.equal(inventory.key(person!), 'person%1:03:00::');
    assert.deepEqual(namesIn(reading), [
      ['Nick Skorich', person],
      ['Zibbert', person],
      ['Shaw', person],
    ]);
    assert.ok(!formsIn(reading).includes('Shaw'));
  });

  it('that WordNet lists have its senses where none of the three is nearer, and only those', async () => {
    const reading = await read(TEXT, 'last');
    const shaw = reading.annotations.find(({ text }) => text === 'Shaw')!;
    const own = inventory.senses('shaw', 'noun').filter((sense) => inventory.isCapitalised(sense));
    assert.deepEqual(shaw.candidates.map(({ sense }) => sense).sort(), [...own].sort());
    assert.ok(Math.abs(shaw.candidates.reduce((sum, { probability }) => sum + probability, 0) - 1) < 1e-9);
    assert.deepEqual(
      namesIn(reading).map((name) => (name as string[])[0]),
      ['Nick Skorich', 'Zibbert'],
    );
  });

  it('compete with known persons only', () => {
    const known = (lemma: string): boolean => areKnownPersons(inventory.senses(lemma, 'noun'), inventory);
    assert.deepEqual(['shaw', 'newton', 'brooke'].map(known), [true, true, true]);
    assert.deepEqual(['paris', 'darwin', 'englishman', 'june', 'dog'].map(known), Array(5).fill(false));
    // Persons of Scripture are known persons: "Call me Ishmael".
    assert.deepEqual(['jonah', 'ishmael'].map(known), [true, true]);
  });

  it('are names of nothing in particular where none of the three is near, unless WordNet knows one person of that name', async () => {
    const reading = await read(TEXT, 'first', 0.4);
    assert.deepEqual(namesIn(reading), [
      ['Nick Skorich', undefined],
      ['Zibbert', undefined],
      ['Shaw', person],
    ]);
  });

  it('are never told without doubt to be the one person that WordNet knows of this name', async () => {
    const { annotations } = await read(TEXT, 'last');
    assert.equal(annotations.find(({ text }) => text === 'Shaw')!.doubt, 'between two senses');
  });
});
