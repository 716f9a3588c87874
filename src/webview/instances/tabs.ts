import { element, setAttribute } from './dom';

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly panel: HTMLElement;
}

export interface Tabs<Name extends string> {
  readonly list: HTMLElement;
  select(name: Name): void;
}

/** Tabs over panels that are there already. Arrow keys move between tabs, as the keyboard expects. */
export function createTabs<Name extends string>(
  id: string,
  label: string,
  tabs: readonly Tab<Name>[],
  onSelect: (name: Name) => void,
): Tabs<Name> {
  const buttons = tabs.map(({ name, label, panel }, i) => {
    panel.id = `${id}-${name}`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-label', label);
    return element(
      'button',
      {
        role: 'tab',
        class: `tab ${name}`,
        'aria-controls': panel.id,
        onclick: () => onSelect(name),
        onkeydown: (event: KeyboardEvent) => move(event, i),
      },
      label,
    );
  });
  const list = element('div', { role: 'tablist', class: 'tabs', 'aria-label': label }, ...buttons);

  function move(event: KeyboardEvent, from: number): void {
    const visible = buttons.filter((button) => button.offsetParent !== null);
    const at = visible.indexOf(buttons[from]!);
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1 + visible.length,
      Home: 0,
      End: visible.length - 1,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = visible[step % visible.length]!;
    onSelect(tabs[buttons.indexOf(next)]!.name);
    next.focus();
  }

  return {
    list,
    select: (name) => {
      tabs.forEach((tab, i) => {
        const selected = tab.name === name;
        buttons[i]!.setAttribute('aria-selected', String(selected));
        buttons[i]!.tabIndex = selected ? 0 : -1;
        setAttribute(tab.panel, 'data-selected', selected);
      });
    },
  };
}
