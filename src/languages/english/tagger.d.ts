import type { Tagger } from '../../core';
/** The tagger chosen in docs/words.md: wink-nlp with its English model. */
export declare function createTagger(): Tagger;
