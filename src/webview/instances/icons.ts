import { element, svgElement } from './dom';
import type { VscodeToolbarButton } from '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import { colourClass, shapePath } from './shapes';

/** A codicon, for eyes only. */
export function icon(name: string): HTMLSpanElement {
  return element('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

/** The coloured shape of a sense, for eyes only: its name stands beside it. */
export function senseMark(sense: number): SVGSVGElement {
  return svgElement(
    'svg',
    {
      class: `sense-mark ${colourClass(sense)}`,
      viewBox: '-8 -8 16 16',
      width: 14,
      height: 14,
      'aria-hidden': 'true',
    },
    svgElement('path', { d: shapePath(sense, 90) }),
  );
}

/** A button of a toolbar; `label` is its name and its tooltip. */
export function toolbarButton(
  name: string,
  label: string,
  onClick: (event: MouseEvent) => void,
): VscodeToolbarButton {
  const button = element('vscode-toolbar-button', { icon: name, title: label, onclick: onClick });
  button.label = label;
  return button;
}
