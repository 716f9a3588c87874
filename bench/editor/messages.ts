/** Messages between the two halves of the editor benchmark. Times are in milliseconds. */

export interface EditorTask {
  /** `bare`: without Glossight; `cold`: no vector cache yet; `warm`: with the cache that `cold` left; `profiled`: as cold. */
  readonly mode: 'bare' | 'cold' | 'warm' | 'profiled';
  readonly file: string;
  /** The line at which the file is opened. */
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
  /** Time and longest synchronous stretches while a long selection is disambiguated. */
  readonly passage?: { readonly seconds: number; readonly stretches: readonly Stretch[] };
  /** Longest pause for garbage collection in the host, for garbage of all extensions. */
  readonly longestCollection?: number;
}

export interface Stretch {
  /** Processor time of the thread. */
  readonly milliseconds: number;
  /** The function of Glossight in or below which most of the time was spent. */
  readonly where: string;
}
