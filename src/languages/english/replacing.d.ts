import type { InflectionRules } from '../../core';
/** How an English word is put in the place of another. */
export declare const ENGLISH_INFLECTION: InflectionRules;
