import type { TagWeights } from '../../core';
/**
 * log P(part of speech | tag), for noun, verb, adjective and adverb, among words that may be several of them.
 * Counted on SemCor without the held-out documents by scripts/release/fit-tag-weights.ts, which writes this table.
 */
export declare const TAG_WEIGHTS: TagWeights;
