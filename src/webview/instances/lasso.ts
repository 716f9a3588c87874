import { polygonContains } from 'd3-polygon';
import { svgElement } from './dom';

type Point = [x: number, y: number];

export interface LassoOptions {
  readonly svg: SVGSVGElement;
  /** Is the lasso's button pressed? Shift draws one at any time. */
  readonly isOn: () => boolean;
  /** @param contains whether a point of the drawing lies in the lasso */
  readonly onDrawn: (contains: (point: Point) => boolean) => void;
}

/** Draws a lasso with the pointer over a drawing. */
export function createLasso({ svg, isOn, onDrawn }: LassoOptions): { readonly line: SVGPathElement } {
  const line = svgElement('path', { class: 'lasso' });
  let points: Point[] | undefined;
  const pointOf = (event: PointerEvent): Point => {
    const { left, top } = svg.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !(isOn() || event.shiftKey)) return;
    event.preventDefault();
    svg.focus();
    svg.setPointerCapture(event.pointerId);
    points = [pointOf(event)];
  });
  svg.addEventListener('pointermove', (event) => {
    if (!points) return;
    points.push(pointOf(event));
    line.setAttribute('d', `M${points.map((point) => point.join(' ')).join('L')}Z`);
  });
  svg.addEventListener('pointerup', () => end(true));
  svg.addEventListener('pointercancel', () => end(false));

  function end(drawn: boolean): void {
    const polygon = points;
    points = undefined;
    line.removeAttribute('d');
    if (!drawn || !polygon || polygon.length < 3) return;
    // The click that ends the drawing is no click on a use.
    const swallow = (event: Event): void => event.stopImmediatePropagation();
    svg.addEventListener('click', swallow, { capture: true });
    setTimeout(() => svg.removeEventListener('click', swallow, { capture: true }));
    onDrawn((point) => polygonContains(polygon, point));
  }

  return { line };
}
