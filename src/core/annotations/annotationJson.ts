import type { Abstention } from '../languagePack';
import type { Annotation, RankedCandidate } from './annotation';

/** Annotation and abstention as docs/formats.md describes them; cosines have four decimals. */
export function annotationJson(annotation: Annotation): object {
  const { start, end, text, lemma, partOfSpeech, sense, polysemous, cosine, margin, probability } =
    annotation;
  const { evidence, candidates } = annotation;
  return {
    start,
    end,
    text,
    lemma,
    tag: partOfSpeech,
    sense,
    polysemous,
    ...(cosine === undefined ? {} : { cosine: round(cosine) }),
    ...(margin === undefined ? {} : { margin: round(margin) }),
    ...(probability === undefined ? {} : { probability: round(probability) }),
    ...(candidates[1] ? { runnerUp: candidateJson(candidates[1]) } : {}),
    ...(annotation.contextAlone ? { contextAlone: candidateJson(annotation.contextAlone) } : {}),
    ...(polysemous ? { evidence } : {}),
    ...(annotation.parts ? { parts: annotation.parts.map(annotationJson) } : {}),
  };
}

export function abstentionJson({ start, end, text, reason, of }: Abstention): object {
  return { start, end, text, reason, ...(of === undefined ? {} : { of }) };
}

export function candidateJson({ sense, cosine, probability }: RankedCandidate): object {
  return { sense, cosine: round(cosine), probability: round(probability) };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
