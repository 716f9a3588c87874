import type { TagWeights } from '../../core';

/**
 * log P(part of speech | tag), for noun, verb, adjective and adverb, among words that may be several of them.
 * Counted on SemCor without the held-out documents by scripts/release/fit-tag-weights.ts, which writes this table.
 */
export const TAG_WEIGHTS: TagWeights = {
  ADJ: [-2.5, -3.12, -0.18, -3.26],
  ADP: [-3.42, -3.8, -1.33, -0.39],
  ADV: [-3.74, -6.25, -2.0, -0.18],
  AUX: [-5.08, -0.01, -8.45, -8.45],
  DET: [-3.41, -6.24, -0.17, -2.1],
  NOUN: [-0.08, -3.18, -3.57, -5.22],
  NUM: [-2.35, -7.87, -0.1, -7.87],
  PRON: [-0.82, -5.53, -5.53, -0.59],
  PROPN: [-0.49, -3.15, -1.11, -3.97],
  VERB: [-2.61, -0.15, -2.69, -6.67],
};
