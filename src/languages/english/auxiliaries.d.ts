import type { Token } from '../../core';
/**
 * Is `tokens[index]` a *be, have, do* or modal that only serves another verb? Copular and main uses
 * (`is cold`, `has a boat`, `did the work`) are not. Expects the tags of one sentence.
 */
export declare function isAuxiliary(tokens: readonly Token[], index: number): boolean;
