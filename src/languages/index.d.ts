import type { LanguagePack } from '../core';
export { ENGLISH } from './english/language';
/** The English pack, with the tagger's model and the language detector, which are loaded only here. */
export declare function createEnglish(): Promise<LanguagePack>;
