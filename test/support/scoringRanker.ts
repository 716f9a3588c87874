import type { SenseId } from '../../src/core/model';
import type { SenseRanker } from '../../src/core/senses/nearest';

/** Ranks senses by a score that is the sense's own, whatever the context. */
export function scoringRanker(scoreOf: (sense: SenseId) => number): SenseRanker {
  return {
    rank: (_, candidates) =>
      candidates
        .map((sense) => {
          const score = scoreOf(sense);
          return {
            sense,
            cosine: score,
            score,
            contextScore: score,
            evidence: { kind: 'trained' as const, uses: 1 },
          };
        })
        .sort((a, b) => b.score - a.score),
  };
}
