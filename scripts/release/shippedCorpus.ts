import type { TaggedSentence } from '../../src/core/senses/taggedCorpus';

/**
 * The JSON lines of a sense-tagged corpus that ship: without the held-out documents, and with only those fields of a token that
 * an index is built from, so that averages come out the same.
 */
export function shippedCorpus(sentences: readonly TaggedSentence[], heldOut: ReadonlySet<string>): string {
  return sentences
    .filter(({ doc }) => !heldOut.has(doc))
    .map(({ id, doc, tokens }) => {
      const kept = tokens.map(({ text, lemma, pos, keys, sp }) => ({
        text,
        ...(keys ? { lemma, pos, keys } : {}),
        ...(sp === undefined ? {} : { sp }),
      }));
      return `${JSON.stringify({ id, doc, tokens: kept })}\n`;
    })
    .join('');
}
