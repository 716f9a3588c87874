import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import type { Encoder } from '../../src/core/ports';
import type { Evidence, RankedSense, SenseRanker } from '../../src/core/senses/nearest';
import type { SessionDeps } from '../../src/core/reading/session';
import { encoderVocabulary, fitted, wordnet } from './artifacts';
import { english } from './english';
import { createFakeEncoder } from './fakeEncoder';

/** What reading needs, with a fake encoder and ranker: senses are arbitrary, but the same context always gives the same ones. */
export function fakePipeline(encoder: Encoder = createFakeEncoder()): SessionDeps {
  return {
    encoder,
    wordPieces: (pieces ??= createWordPieceTokenizer(encoderVocabulary())),
    pack: english((text) => !text.startsWith('Zut')),
    inventory: wordnet(),
    ranker: fakeRanker,
    fitted: fitted.averages,
    layer: 'mean4',
    rules: 'reader',
    standardisation: {
      mean: new Float32Array(encoder.info.dimensions),
      deviation: new Float32Array(encoder.info.dimensions).fill(1),
    },
  };
}

let pieces: SessionDeps['wordPieces'] | undefined;

/** Every kind of evidence comes up, numbers are exact in 32 bits, and "frequency" often overrules context. */
const fakeRanker: SenseRanker = {
  rank: (vector, candidates) =>
    candidates
      .map((sense): RankedSense => {
        const angle = vector.reduce((sum, value, i) => sum + value * Math.sin(sense * (i + 1)), 0);
        const cosine = Math.round(Math.sin(angle) * 1024) / 1024;
        return {
          sense,
          cosine,
          contextScore: cosine,
          score: cosine + (sense % 7) / 8,
          evidence: evidenceOf(sense),
        };
      })
      .sort((a, b) => b.score - a.score),
};

function evidenceOf(sense: number): Evidence {
  const uses = 1 + (sense % 200);
  switch (sense % 4) {
    case 0:
      return { kind: 'none' };
    case 1:
      return { kind: 'average', uses };
    case 2:
      return { kind: 'related', uses };
    default:
      return { kind: 'gloss' };
  }
}

/** An encoder that records the windows it gets, and that can be made to wait. */
export interface WatchedEncoder extends Encoder {
  /** The ids of the windows it got since the last call. */
  taken(): string[];
  /** Calls wait from now on, each until it is let through. */
  hold(): void;
  /** Lets the oldest waiting call through; false if none waits. */
  letThrough(): boolean;
}

export function watchedEncoder(): WatchedEncoder {
  const encoder = createFakeEncoder();
  let windowsTaken: string[] = [];
  let isHeld = false;
  const waiting: (() => void)[] = [];
  return {
    ...encoder,
    async encode(windows, layer, signal) {
      windowsTaken.push(...windows.map((window) => window.join(' ')));
      if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve));
      return encoder.encode(windows, layer, signal);
    },
    taken() {
      const result = windowsTaken;
      windowsTaken = [];
      return result;
    },
    hold: () => (isHeld = true),
    letThrough() {
      const next = waiting.shift();
      next?.();
      return next !== undefined;
    },
  };
}
