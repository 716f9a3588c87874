import type { Abstention } from '../languagePack';
import type { SenseInventory } from '../ports';
import type { Annotation, RankedCandidate } from './annotation';

/** Annotation and abstention as docs/formats.md describes them: senses by their keys, cosines with four decimals. */
export function annotationJson(annotation: Annotation, inventory: SenseInventory): object {
  const { start, end, text, lemma, partOfSpeech, sense, polysemous, cosine, margin, probability } =
    annotation;
  const { evidence, candidates } = annotation;
  return {
    start,
    end,
    text,
    lemma,
    tag: partOfSpeech,
    sense: inventory.key(sense),
    polysemous,
    ...(cosine === undefined ? {} : { cosine: round(cosine) }),
    ...(margin === undefined ? {} : { margin: round(margin) }),
    ...(probability === undefined ? {} : { probability: round(probability) }),
    ...(candidates[1] ? { runnerUp: candidateJson(candidates[1], inventory) } : {}),
    ...(annotation.contextAlone ? { contextAlone: candidateJson(annotation.contextAlone, inventory) } : {}),
    ...(polysemous ? { evidence } : {}),
    ...(annotation.parts ? { parts: annotation.parts.map((part) => annotationJson(part, inventory)) } : {}),
  };
}

export function abstentionJson(
  { start, end, text, reason, of }: Abstention,
  inventory: SenseInventory,
): object {
  return { start, end, text, reason, ...(of === undefined ? {} : { of: inventory.key(of) }) };
}

export function candidateJson(
  { sense, cosine, probability }: RankedCandidate,
  inventory: SenseInventory,
): object {
  return { sense: inventory.key(sense), cosine: round(cosine), probability: round(probability) };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
