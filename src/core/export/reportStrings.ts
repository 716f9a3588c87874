import type { PartOfSpeech } from '../model';
import type { Evidence } from '../senses/nearest';
import type { Doubt } from '../annotations/doubt';

/** The texts of a report in the reader's language, apart from what WordNet and the document say. */
export interface ReportStrings {
  partOfSpeech(partOfSpeech: PartOfSpeech): string;
  /** A cosine or margin, written as in the reader's language. */
  number(value: number): string;
  /** A probability from 0 to 1, written as in the reader's language. */
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
  /** Says of a sense that context alone would choose it, where frequency decided for another sense. */
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
