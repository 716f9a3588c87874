/** Why a reader should not rely on an annotation: two senses are about as near, or none is near. */
export type Doubt = 'between two senses' | 'far from all senses';

/** Below this margin the runner-up may as well be right. */
export const NARROW_MARGIN = 0.05;
/** Below this cosine the word is like none of the tagged uses. */
export const FAR_COSINE = 0.15;

/** The doubt about a sense, if there is any. A sense without a runner-up is beyond doubt. */
export function doubtOf({
  cosine,
  margin,
}: {
  readonly cosine: number | undefined;
  readonly margin: number | undefined;
}): Doubt | undefined {
  if (margin === undefined || cosine === undefined || Number.isNaN(margin)) return undefined;
  if (margin < NARROW_MARGIN) return 'between two senses';
  return cosine < FAR_COSINE ? 'far from all senses' : undefined;
}
