import { element } from './dom';

/** Keyword in its context, as running text. */
export function contextLine(use: {
  readonly left: string;
  readonly keyword: string;
  readonly right: string;
}): HTMLElement {
  return element('span', { class: 'context' }, use.left, element('b', {}, use.keyword), use.right);
}
