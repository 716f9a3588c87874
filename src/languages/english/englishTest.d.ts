import type { Paragraph } from '../../core';
/** Scores of languages by ISO 639-1 code, any scale, higher is likelier; empty if the text gives no hint. */
export type LanguageScores = (text: string) => Readonly<Record<string, number>>;
/** Is a paragraph English? A heading, mostly names and fragments, is if its script is Latin. */
export type EnglishTest = (text: string, kind?: Paragraph['kind']) => boolean;
/**
 * Makes the test. English by its words needs no more; what has too few of them is weighed by `scores`, and without
 * `scores` by the frequent words of the languages most likely beside it. In doubt a paragraph is English: a foreign one
 * that slips through does less harm than an English one left out.
 */
export declare function createEnglishTest(scores?: LanguageScores): EnglishTest;
/** The test by script and frequent words alone. */
export declare const isEnglish: EnglishTest;
