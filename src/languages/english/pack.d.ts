import type { LanguagePack } from '../../core';
import { type LanguageScores } from './englishTest';
/** English with its tagger; `scores` weigh what frequent words do not tell the language of. */
export declare function createEnglishPack(scores?: LanguageScores): LanguagePack;
