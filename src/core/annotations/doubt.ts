/** Why a reader should not rely on an annotation: two senses are about as near, or none is near. */
export type Doubt = 'between two senses' | 'far from all senses';

/** Below this probability Glossight does not stand by a sense; four words of five are above it (docs/model.md). */
export const UNSURE_BELOW = 0.57;
/** An unsure sense of a lower cosine is far from the word, and so are the others. */
export const FAR_COSINE = 0.25;

/** A lemma tagged this often in SemCor is a common word: its uses vary more, and their cosines run lower. */
export const COMMON_USES = 100;

/** The doubt about a sense, if there is any; none about a monosemous word. */
export function doubtOf({
  cosine,
  probability,
}: {
  readonly cosine: number | undefined;
  readonly probability: number | undefined;
}): Doubt | undefined {
  if (cosine === undefined || probability === undefined || !(probability < UNSURE_BELOW)) return undefined;
  return cosine < FAR_COSINE ? 'far from all senses' : 'between two senses';
}
