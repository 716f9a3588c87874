import type { InflectionRules } from '../../core';
import { articleBefore, inflect, inflectionOf } from './inflect';
import { normaliseForm } from './lemmas';

const AUXILIARY =
  /\b(?:ha(?:ve|s|d|ving)|is|are|was|were|be(?:en|ing)?|am|got|gets?)(?:n['’]t| not| \w+ly)? $/i;
const ARTICLE = /(?:^|[^\p{L}])(an?)(\s+)$/iu;

/** How an English word is put in the place of another. */
export const ENGLISH_INFLECTION: InflectionRules = {
  inflectAs(lemma, { text, lemma: own, partOfSpeech, before }, irregularForms) {
    const form = normaliseForm(text).replaceAll('_', ' ');
    const isAfterAuxiliary = AUXILIARY.test(before);
    const inflection = inflectionOf(
      form,
      own.replaceAll('_', ' '),
      partOfSpeech,
      irregularForms,
      isAfterAuxiliary,
    );
    return inflect(lemma, inflection, partOfSpeech, irregularForms);
  },
  articleBefore(word, before) {
    const [, article, space] = ARTICLE.exec(before) ?? [];
    if (article === undefined || space === undefined) return undefined;
    return { article, fitting: articleBefore(word), space };
  },
};
