/** Why a reader should not rely on an annotation: two senses are about as near, or none is near. */
export const DOUBTS = ['between two senses', 'far from all senses'] as const;
export type Doubt = (typeof DOUBTS)[number];

/** When a sense is in doubt, for one kind of sense vectors. */
export interface DoubtBounds {
  /** A sense below this probability is unsure; four words of five are above (docs/model.md). */
  readonly unsureBelow: number;
  /** If the best sense is unsure and its cosine is below this, the word is far from all its senses. */
  readonly farCosine: number;
}

/** A lemma tagged this often in SemCor is a common word: its uses vary more, and their cosines run lower. */
export const COMMON_USES = 100;

/** The doubt about the best of several senses, if there is any. */
export function doubtOf(
  { cosine, probability }: { readonly cosine: number; readonly probability: number },
  { unsureBelow, farCosine }: DoubtBounds,
): Doubt | undefined {
  if (probability >= unsureBelow) return undefined;
  return cosine < farCosine ? 'far from all senses' : 'between two senses';
}
