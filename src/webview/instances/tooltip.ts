import { element, replace } from './dom';

export interface Tooltip {
  readonly element: HTMLElement;
  /** Shows it near a point of the page, or hides it. */
  show(content: readonly (Node | string)[], at: { x: number; y: number }): void;
  hide(): void;
}

/** Content that stands by the mouse or the keyboard's place, inside the window. */
export function createTooltip(): Tooltip {
  const box = element('div', { class: 'tooltip', 'aria-hidden': 'true', hidden: true });
  return {
    element: box,
    show: (content, { x, y }) => {
      replace(box, ...content);
      box.hidden = false;
      const { width, height } = box.getBoundingClientRect();
      const below = y + 16 + height < innerHeight;
      box.style.left = `${Math.max(4, Math.min(x + 12, innerWidth - width - 4))}px`;
      box.style.top = `${below ? y + 16 : Math.max(4, y - height - 12)}px`;
    },
    hide: () => {
      box.hidden = true;
    },
  };
}
