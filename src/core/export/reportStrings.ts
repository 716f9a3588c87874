import type { PartOfSpeech } from '../model';
import type { Evidence } from '../senses/nearest';
import type { Doubt } from '../annotations/doubt';

/** Every word of a report that is not WordNet's or the document's, in the reader's language. */
export interface ReportStrings {
  partOfSpeech(partOfSpeech: PartOfSpeech): string;
  /** A cosine or margin as the reader's language writes numbers. */
  number(value: number): string;
  /** A probability from 0 to 1 as the reader's language says it. */
  probability(value: number): string;
  cosine(value: number): string;
  margin(value: number): string;
  /** How far a score lies behind the best one. */
  behind(value: number): string;
  evidence(evidence: Evidence): string;
  doubt(doubt: Doubt): string;
  synonyms(names: string): string;
  readonly onlySense: string;
  readonly runnerUp: string;
  /** Marks the sense that context would choose, where frequency decided for another. */
  readonly contextAlone: string;
  readonly columns: Readonly<Record<ReportColumn, string>>;
}

export type ReportColumn =
  | 'rank'
  | 'place'
  | 'word'
  | 'partOfSpeech'
  | 'sense'
  | 'key'
  | 'probability'
  | 'cosine'
  | 'runnerUp'
  | 'runnerUpCosine'
  | 'margin'
  | 'doubt'
  | 'evidence';
