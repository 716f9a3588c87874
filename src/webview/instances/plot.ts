import { select } from 'd3-selection';
import { zoom, zoomIdentity, type ZoomTransform } from 'd3-zoom';
import type { PanelMap } from '../../protocol/instancesPanel';
import { replace, setAttribute, svgElement } from './dom';
import { createLasso } from './lasso';
import { fitted } from './mapSvg';
import type { Shown } from './panel';
import { colourClass, shapePath } from './shapes';
import { firstWords, shortSense } from './words';

type Point = readonly [x: number, y: number];

export interface PlotOptions {
  readonly lassoIsOn: () => boolean;
  readonly onLasso: (uses: readonly number[]) => void;
  readonly onZoom: (zoom: readonly [number, number, number]) => void;
  /** The use under the pointer or none. */
  readonly onHover: (use: number | undefined) => void;
  readonly onClick: (use: number) => void;
}

export interface Plot {
  readonly svg: SVGSVGElement;
  draw(shown: Shown, map: PanelMap): void;
  /** Magnifies about the middle; 0 shows everything again. */
  zoomBy(factor: number): void;
  panBy(x: number, y: number): void;
  /** Where a use stands on the page. */
  pageOf(use: number): { x: number; y: number } | undefined;
}

const MARGIN = 28;
/** Areas in square pixels. */
const MARK = 48;
const VECTOR = 170;
/** Of the names of sense vectors: a line, and about a character. */
const NAME_HEIGHT = 16;
const CHARACTER_WIDTH = 7.2;
const MOST_CHARACTERS = 24;
/** How near the pointer must be, in pixels. */
const NEAR = 12;
const MOST_ZOOM = 40;

/** The uses as marks. Marks keep their size when the map is magnified, so that those close together come apart. */
export function createPlot({ lassoIsOn, onLasso, onZoom, onHover, onClick }: PlotOptions): Plot {
  const uses = svgElement('g');
  const vectors = svgElement('g', { class: 'vectors' });
  const ring = svgElement('circle', { class: 'ring', r: 10 });
  const chosen = svgElement('circle', { class: 'chosen', r: 7 });
  const svg = svgElement('svg', { class: 'plot', tabindex: 0, role: 'application' });
  const { line } = createLasso({
    svg,
    isOn: lassoIsOn,
    onDrawn: (contains) => onLasso(visible.filter((use) => contains([places[use]![0], places[use]![1]]))),
  });
  replace(svg, uses, ring, chosen, vectors, line);

  let shown: Shown | undefined;
  let map: PanelMap | undefined;
  let marks: readonly SVGPathElement[] = [];
  let labels: readonly SVGGElement[] = [];
  /** Of the sense vectors. */
  let names: readonly string[] = [];
  /** Where each use lies, without magnification and as it is drawn now. */
  let fittedPlaces: readonly Point[] = [];
  let places: readonly Point[] = [];
  let fittedVectors: readonly Point[] = [];
  /** Uses whose senses are shown. */
  let visible: readonly number[] = [];
  let transform: ZoomTransform = zoomIdentity;
  let frame = 0;

  const zooming = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.5, MOST_ZOOM])
    .filter((event: MouseEvent) => event.type === 'wheel' || !(event.button || event.shiftKey || lassoIsOn()))
    .on('zoom', (event: { transform: ZoomTransform }) => {
      transform = event.transform;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(place);
    })
    .on('end', () => onZoom([transform.k, transform.x, transform.y]));
  const selection = select(svg).call(zooming).on('dblclick.zoom', null);

  function fit(): void {
    const { clientWidth: width, clientHeight: height } = svg;
    if (!map || width === 0 || height === 0) return;
    const { x, y } = map;
    const toPlot = fitted(map, width, height, MARGIN);
    fittedPlaces = x.map((px, use) => toPlot(px, y[use]!));
    fittedVectors = map.marks.map((mark) => toPlot(mark.x, mark.y));
    place();
  }

  function place(): void {
    places = fittedPlaces.map((point) => transform.apply([point[0], point[1]]));
    places.forEach((point, use) => marks[use]?.setAttribute('transform', translate(point)));
    const { clientWidth: width } = svg;
    const middle = transform.applyX(width / 2);
    const heights = apart(fittedVectors.map((point) => transform.applyY(point[1])));
    fittedVectors.forEach((point, i) => {
      const [x, y] = transform.apply([point[0], point[1]]);
      labels[i]!.setAttribute('transform', translate([x, y]));
      // Outwards, where the page is empty, unless the name would not fit there.
      const length = names[i]!.length * CHARACTER_WIDTH + 12;
      const leftwards = x < middle ? x > length : x + length > width && x > length;
      labels[i]!.classList.toggle('leftwards', leftwards);
      for (const text of labels[i]!.querySelectorAll('text'))
        text.setAttribute('y', String(heights[i]! - y + 4));
    });
    encircle();
  }

  function encircle(): void {
    if (!shown) return;
    const circles = [
      [ring, shown.shown.asked],
      [chosen, shown.selected],
    ] as const;
    for (const [circle, use] of circles) {
      const point = places[use];
      setAttribute(circle, 'hidden', !point || !visible.includes(use));
      if (point) circle.setAttribute('transform', translate(point));
    }
  }

  function build(next: Shown, nextMap: PanelMap): void {
    const { uses: all, word } = next.shown;
    marks = all.map(({ sense }) =>
      svgElement('path', { class: `mark ${colourClass(sense)}`, d: shapePath(sense, MARK) }),
    );
    uses.replaceChildren(...marks);
    names = nextMap.marks.map(({ sense }) => firstWords(shortSense(word, sense), MOST_CHARACTERS));
    labels = nextMap.marks.map(({ sense }, i) =>
      svgElement(
        'g',
        { class: `vector ${colourClass(sense)}` },
        svgElement('path', { d: shapePath(sense, VECTOR) }),
        svgElement('text', { x: 12, y: 4 }, names[i]),
        svgElement('text', { class: 'left', x: -12, y: 4 }, names[i]),
      ),
    );
    vectors.replaceChildren(...labels);
  }

  function highlight(next: Shown): void {
    const { uses: all } = next.shown;
    const listed = new Set(next.listed);
    visible = all.map((_, use) => use).filter((use) => !next.hiddenSenses.has(all[use]!.sense));
    marks.forEach((mark, use) => {
      setAttribute(mark, 'hidden', next.hiddenSenses.has(all[use]!.sense));
      mark.classList.toggle('out', !listed.has(use));
    });
    labels.forEach((label, i) => setAttribute(label, 'hidden', next.hiddenSenses.has(map!.marks[i]!.sense)));
  }

  function useNear(event: MouseEvent): number | undefined {
    const { left, top } = svg.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    let [nearest, least]: [number | undefined, number] = [undefined, NEAR];
    for (const use of visible) {
      const point = places[use];
      if (!point) continue;
      const distance = Math.hypot(point[0] - x, point[1] - y);
      if (distance < least) [nearest, least] = [use, distance];
    }
    return nearest;
  }

  svg.addEventListener('pointermove', (event) => onHover(event.buttons ? undefined : useNear(event)));
  svg.addEventListener('pointerleave', () => onHover(undefined));
  svg.addEventListener('click', (event) => {
    const use = event.shiftKey || lassoIsOn() ? undefined : useNear(event);
    if (use !== undefined) onClick(use);
  });
  new ResizeObserver(fit).observe(svg);

  return {
    svg,
    draw: (next, nextMap) => {
      const before = shown;
      const sameMap = map === nextMap && before?.shown === next.shown;
      [shown, map] = [next, nextMap];
      if (!sameMap) {
        build(next, nextMap);
        highlight(next);
        const [k, x, y] = next.view.zoom;
        selection.property('__zoom', zoomIdentity.translate(x, y).scale(k));
        transform = zoomIdentity.translate(x, y).scale(k);
        fit();
      } else {
        if (before.listed !== next.listed || before.hiddenSenses !== next.hiddenSenses) highlight(next);
        encircle();
      }
    },
    zoomBy: (factor) => {
      if (factor === 0) selection.call((svg) => zooming.transform(svg, zoomIdentity));
      else selection.call((svg) => zooming.scaleBy(svg, factor));
    },
    panBy: (x, y) => selection.call((svg) => zooming.translateBy(svg, x / transform.k, y / transform.k)),
    pageOf: (use) => {
      const point = places[use];
      const { left, top } = svg.getBoundingClientRect();
      return point && visible.includes(use) ? { x: left + point[0], y: top + point[1] } : undefined;
    },
  };
}

/** Moves heights apart from the top down, so that names of a line each do not lie on each other. */
function apart(heights: readonly number[]): number[] {
  const moved = [...heights];
  let least = -Infinity;
  for (const i of heights.map((_, at) => at).sort((a, b) => heights[a]! - heights[b]!)) {
    moved[i] = Math.max(heights[i]!, least);
    least = moved[i] + NAME_HEIGHT;
  }
  return moved;
}

function translate([x, y]: Point): string {
  return `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
}
