/** Why a reader should not rely on an annotation: two senses are about as near, or none is near. */
export type Doubt = 'between two senses' | 'far from all senses';

/** Below this margin the sense is wrong more often than not (scripts/doubt.ts), and one word in five is marked. */
export const NARROW_MARGIN = 0.03;
/** Below this cosine, too, the sense is wrong more often than not. */
export const FAR_COSINE = 0.25;

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
