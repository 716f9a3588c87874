import type { LanguagePack } from '../../src/core/languagePack';
import { createEnglishPack } from '../../src/languages/english/pack';

let pack: LanguagePack | undefined;

/** The English pack with its tagger, made once for all tests; every paragraph is its own unless a test says otherwise. */
export function english(owns: LanguagePack['owns'] = () => true): LanguagePack {
  pack ??= createEnglishPack();
  return { ...pack, owns };
}
