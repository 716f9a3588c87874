import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
  type SymbolType,
} from 'd3-shape';

/** How many colours and shapes there are: a pair of them repeats after forty senses. */
export const COLOURS = 8;

/** A closed polygon through points given as angle in turns and radius. */
function polygon(corners: readonly (readonly [turn: number, radius: number])[]): SymbolType {
  return {
    draw(context, size) {
      const scale = Math.sqrt(size) * 0.62;
      corners.forEach(([turn, radius], i) => {
        const angle = (turn - 0.25) * 2 * Math.PI;
        const [x, y] = [Math.cos(angle) * radius * scale, Math.sin(angle) * radius * scale];
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      });
      context.closePath();
    },
  };
}

const turns = (corners: number, offset = 0): (readonly [number, number])[] =>
  Array.from({ length: corners }, (_, i) => [i / corners + offset, 1] as const);

const SHAPES: readonly SymbolType[] = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolCross,
  symbolStar,
  polygon(turns(3, 0.5)),
  symbolWye,
  polygon(turns(6)),
  // A bow tie.
  polygon([
    [0.125, 1.15],
    [0.375, 1.15],
    [0.875, 1.15],
    [0.625, 1.15],
  ]),
];

const paths = new Map<string, string>();

/** The shape of a sense as SVG path data around 0, 0; `size` is its area in square pixels. */
export function shapePath(sense: number, size: number): string {
  const shape = sense % SHAPES.length;
  const key = `${shape} ${size}`;
  const known = paths.get(key);
  if (known !== undefined) return known;
  const path = symbol(SHAPES[shape], size)() ?? '';
  paths.set(key, path);
  return path;
}

/** The class that gives a sense its colour. */
export function colourClass(sense: number): string {
  return `sense-${sense % COLOURS}`;
}
