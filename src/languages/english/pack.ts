import type { LanguagePack } from '../../core';
import { createEnglishTest, type LanguageScores } from './englishTest';
import { ENGLISH } from './language';
import { isKnownPerson, nameSenses } from './names';
import { createTagger } from './tagger';
import { findWords } from './words';

/** English with its tagger; `scores` weigh what frequent words do not tell the language of. */
export function createEnglishPack(scores?: LanguageScores): LanguagePack {
  return {
    ...ENGLISH,
    owns: createEnglishTest(scores),
    tagger: createTagger(),
    findWords,
    names: { senses: nameSenses, isKnownPerson },
  };
}
