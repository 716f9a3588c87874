import type { TaggedSentence } from '../../src/core/senses/taggedCorpus';

/**
 * The JSON lines that ship of a sense-tagged corpus: no held-out document, and of each token only what an index
 * is built from, so that the averages come out the same.
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
