import type { PanelWord } from '../../protocol/instancesPanel';
import { element, replace } from './dom';
import { senseMark } from './icons';
import type { Panel, Part, Shown } from './panel';
import { fill } from './words';

/** The senses with colour, shape and number of uses. Each turns its uses off and on, in list, map and dispersion. */
export function createLegend({ strings, change }: Panel): Part {
  const list = element('div', { class: 'senses', role: 'group', 'aria-label': strings.header.senses });
  const more = element('button', { class: 'link', onclick: () => toggleUnused() });
  const all = element(
    'button',
    { class: 'link', onclick: () => change({ hiddenSenses: [] }) },
    strings.header.allSenses,
  );
  let word: PanelWord | undefined;
  let boxes: readonly HTMLElement[] = [];

  function toggleUnused(): void {
    const open = list.toggleAttribute('data-unused');
    more.setAttribute('aria-expanded', String(open));
  }

  function build(next: PanelWord): void {
    word = next;
    boxes = next.senses.map(({ gloss, supersense, uses }, sense) =>
      element(
        'button',
        {
          role: 'checkbox',
          class: uses === 0 ? 'sense-toggle unused' : 'sense-toggle',
          title: gloss,
          'data-sense': sense,
        },
        senseMark(sense),
        element('span', { class: 'gloss' }, gloss),
        element('span', { class: 'quiet supersense' }, supersense),
        element('span', { class: 'count' }, String(uses)),
      ),
    );
    replace(list, ...boxes);
    list.removeAttribute('data-unused');
    const unused = next.senses.filter(({ uses }) => uses === 0).length;
    more.hidden = unused === 0;
    more.setAttribute('aria-expanded', 'false');
    more.textContent = fill(unused === 1 ? strings.header.unusedSense : strings.header.unusedSenses, unused);
  }

  let current: Shown | undefined;
  list.addEventListener('click', (event) => {
    const box = (event.target as Element).closest<HTMLElement>('[data-sense]');
    if (!box || !current) return;
    const sense = Number(box.dataset['sense']);
    const hidden = new Set(current.hiddenSenses);
    if (!hidden.delete(sense)) hidden.add(sense);
    change({ hiddenSenses: [...hidden] });
  });

  return {
    element: element('section', { class: 'legend' }, list, element('div', { class: 'links' }, more, all)),
    update: (shown) => {
      current = shown;
      if (shown.shown.word !== word) build(shown.shown.word);
      boxes.forEach((box, sense) => box.setAttribute('aria-checked', String(!shown.hiddenSenses.has(sense))));
      all.hidden = shown.hiddenSenses.size === 0;
    },
  };
}
