import { element } from './dom';
import { icon } from './icons';

export interface MenuItem {
  readonly label: string;
  readonly icon: string;
  /** The key that does the same, as shown. */
  readonly key?: string;
  readonly run: () => void;
}

/** Opens a menu at a point of the page; keys and mouse work as in VS Code's own. */
export function openMenu(label: string, items: readonly MenuItem[], at: { x: number; y: number }): void {
  const opener = document.activeElement;
  const buttons = items.map((item) =>
    element(
      'button',
      { role: 'menuitem', tabindex: -1, onclick: () => close(item.run) },
      icon(item.icon),
      element('span', { class: 'label' }, item.label),
      item.key === undefined ? null : element('kbd', { 'aria-hidden': 'true' }, item.key),
    ),
  );
  const menu = element(
    'div',
    { class: 'menu', role: 'menu', 'aria-label': label, popover: 'auto', onkeydown: onKey },
    ...buttons,
  );
  menu.addEventListener('toggle', (event) => {
    if (event.newState === 'closed') menu.remove();
  });
  document.body.append(menu);
  menu.showPopover();
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(0, Math.min(at.x, innerWidth - width - 4))}px`;
  menu.style.top = `${Math.max(0, Math.min(at.y, innerHeight - height - 4))}px`;
  buttons[0]?.focus();

  function close(then?: () => void): void {
    menu.hidePopover();
    if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    then?.();
  }

  function onKey(event: KeyboardEvent): void {
    const focused = buttons.findIndex((button) => button === document.activeElement);
    const last = buttons.length - 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: focused === last ? 0 : focused + 1,
      ArrowUp: focused <= 0 ? last : focused - 1,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target !== undefined) buttons[target]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
