import assert from 'node:assert/strict';
import { embedWords, type EmbeddingRequest } from '../../src/core/vectors/embed';
import type { Encoder, WindowCache } from '../../src/core/ports';
import { fromHalves, toHalves } from '../../src/core/vectors/half';
import { request, wordPieces } from '../support/embedding';
import { memoryCache } from '../support/memoryCache';
import { countingEncoder, createFakeEncoder } from '../support/fakeEncoder';

const TEXT =
  'The bank of the river was steep. The bank lent us nothing but umbrellas. Nobody complained. '.repeat(3);
const REQUESTS = [request(TEXT), request('A spring came. It was a cold spring.'), request('?!')];

const embed = (
  requests: readonly EmbeddingRequest[],
  encoder: Encoder,
  cache?: WindowCache,
): Promise<(Float32Array | undefined)[][]> =>
  embedWords(requests, 'mean4', { encoder, wordPieces: wordPieces(), cache });

describe('embedding through a cache', () => {
  it('gives the vectors it gives without, in half precision, from cold and from warm', async () => {
    const encoder = createFakeEncoder();
    const rounded = (await embed(REQUESTS, encoder)).map((words) =>
      words.map((vector) => vector && fromHalves(toHalves(vector))),
    );
    assert.ok(rounded[0]!.length > 30);
    const cache = memoryCache();
    assert.deepEqual(await embed(REQUESTS, encoder, cache), rounded);
    assert.deepEqual(await embed(REQUESTS, encoder, cache), rounded);
  });

  it('encodes no window that it has', async () => {
    const encoder = countingEncoder(createFakeEncoder());
    const cache = memoryCache();
    await embed(REQUESTS, encoder, cache);
    const { windows } = encoder;
    assert.ok(windows > 2);
    await embed(REQUESTS, encoder, cache);
    assert.equal(encoder.windows, windows);
    await embed([...REQUESTS, request('One window more.')], encoder, cache);
    assert.equal(encoder.windows, windows + 1);
  });

  it('encodes a window again when another word of it is wanted, and keeps both', async () => {
    const encoder = countingEncoder(createFakeEncoder());
    const cache = memoryCache();
    const text = 'The bank of the river.';
    const [bank, river, both] = [['bank'], ['river'], ['bank', 'river']].map((words) =>
      request(text, (word) => words.includes(word)),
    );
    const [first] = await embed([bank!], encoder, cache);
    const [second] = await embed([river!], encoder, cache);
    assert.equal(encoder.windows, 2);
    assert.deepEqual(await embed([both!], encoder, cache), [[...first!, ...second!]]);
    assert.equal(encoder.windows, 2);
    assert.equal(cache.held.size, 1);
  });

  it('keeps encoders and layer rules apart', async () => {
    const cache = memoryCache();
    const encoder = countingEncoder(createFakeEncoder());
    await embed(REQUESTS, encoder, cache);
    const { windows } = encoder;
    await embedWords(REQUESTS, 'last', { encoder, wordPieces: wordPieces(), cache });
    assert.equal(encoder.windows, 2 * windows);
    const other = countingEncoder({ ...createFakeEncoder(), info: { ...encoder.info, id: 'fake@2' } });
    await embed(REQUESTS, other, cache);
    assert.equal(other.windows, windows);
  });

  it('leaves numbers that a half cannot hold as they are', async () => {
    const small = createFakeEncoder();
    const large: Encoder = {
      ...small,
      encode: async (...args) =>
        (await small.encode(...args)).map((matrix) => matrix.map((value) => value * 1e6)),
    };
    const cache = memoryCache();
    const exact = await embed(REQUESTS, large);
    assert.deepEqual(await embed(REQUESTS, large, cache), exact);
    assert.deepEqual(await embed(REQUESTS, large, cache), exact);
    assert.equal(cache.held.size, 0);
  });
});
