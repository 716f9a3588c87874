export { createEnglishTest, type EnglishTest } from './english/englishTest';
export { articleBefore, inflect, inflectionOf, type IrregularForms } from './english/inflect';
export { lemmasOf, type Lexicon, normaliseForm } from './english/lemmas';
export { areKnownPersons, nameSenses } from './english/names';
export { TAG_WEIGHTS } from './english/tagWeights';
export { createTagger } from './english/tagger';
export { type Abstention, type AbstentionRules, findWords, type Word } from './english/words';
