import type { DocumentAbstention, DocumentAnnotation, DocumentCandidate, DocumentSource } from './document';
import type { Exporter } from './exporter';

/**
 * Writes one JSON object per document (docs/formats.md).
 * @param layout everything on one line with the abstentions at the end, or one annotation per line without abstentions
 */
export function createJsonExporter(
  { file, recipe, layer }: Omit<DocumentSource, 'text'>,
  layout: 'one line' | 'a line each',
): Exporter {
  const lineBreak = layout === 'one line' ? '' : '\n';
  const abstentions: object[] = [];
  let before = '';
  return {
    head: `${JSON.stringify({ file, recipe, layer }).slice(0, -1)},"annotations":[${lineBreak}`,
    part(part) {
      if (layout === 'one line') abstentions.push(...part.abstentions.map(abstentionJson));
      let text = '';
      for (const annotation of part.annotations) {
        text += before + JSON.stringify(annotationJson(annotation));
        before = `,${lineBreak}`;
      }
      return text;
    },
    tail: () =>
      layout === 'one line' ? `],"abstentions":${JSON.stringify(abstentions)}}\n` : `${lineBreak}]}\n`,
  };
}

/** An annotation as docs/formats.md describes it; numbers have four decimals. */
export function annotationJson(annotation: DocumentAnnotation): object {
  const { start, end, text, lemma, partOfSpeech, sense, polysemous, cosine, margin, probability } =
    annotation;
  const { evidence, candidates } = annotation;
  return {
    start,
    end,
    text,
    lemma,
    tag: partOfSpeech,
    sense: sense.key,
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

function abstentionJson({ start, end, text, reason, of }: DocumentAbstention): object {
  return { start, end, text, reason, ...(of === undefined ? {} : { of: of.key }) };
}

export function candidateJson({ sense, cosine, probability }: DocumentCandidate): object {
  return { sense: sense.key, cosine: round(cosine), probability: round(probability) };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
