import type { LanguagePack } from '../core';

export { ENGLISH } from './english/language';

/** The English pack, with the tagger's model and the language detector, which are loaded only here. */
export async function createEnglish(): Promise<LanguagePack> {
  const [{ createEnglishPack }, { eld }] = await Promise.all([
    import('./english/pack'),
    import('eld/extrasmall'),
  ]);
  return createEnglishPack((sample) => eld.detect(sample).getScores());
}
