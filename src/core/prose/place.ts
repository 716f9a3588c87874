import { lowest } from '../util/search';

/** Line and column from 1, as an editor shows them. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Finds the places of offsets in a text. */
export function createPlaceFinder(text: string): (offset: number) => Place {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return (offset) => {
    const line = lowest(lineStarts.length, (i) => lineStarts[i]! > offset);
    return { line, column: offset - lineStarts[line - 1]! + 1 };
  };
}
