/** What the two halves of the editor benchmark tell each other. Times are in milliseconds. */

export interface EditorTask {
  /** `bare`: without Glossight; `cold`: no vector cache yet; `warm`: with the cache that `cold` left; `profiled`: as cold. */
  readonly mode: 'bare' | 'cold' | 'warm' | 'profiled';
  readonly file: string;
  /** Line to open the file at. */
  readonly line: number;
  readonly out: string;
}

export interface EditorMeasurements {
  readonly firstScreen?: number;
  readonly reopened?: readonly number[];
  readonly wholeSeconds?: number;
  readonly hoverCall?: readonly number[];
  readonly hoverRoundTrip?: readonly number[];
  readonly edit?: readonly number[];
  /** Longest synchronous stretches of Glossight's own code, longest first. */
  readonly stretches?: readonly Stretch[];
  /** The same while a long selection is disambiguated, and how long that takes. */
  readonly passage?: { readonly seconds: number; readonly stretches: readonly Stretch[] };
  /** Longest pause for garbage collection in the host, whoever made the garbage. */
  readonly longestCollection?: number;
}

export interface Stretch {
  /** Processor time of the thread. */
  readonly milliseconds: number;
  /** The function of ours that most of it was spent in or below. */
  readonly where: string;
}
