import type { Language } from '../../core';
/** What is known of English without its tagger and language detector. */
export declare const ENGLISH: Language;
