import type { PanelSort } from '../../protocol/instancesPanel';
import { element, replace } from './dom';
import { icon, toolbarButton } from './icons';
import { openMenu } from './menu';
import type { Panel, Part, Shown } from './panel';
import { fill } from './words';

/** Filter, order, groups, and saving what is listed. */
export function createListToolbar({ strings, change, send }: Panel): Part {
  const texts = strings.list;
  let current: Shown | undefined;
  const filter = element('vscode-textfield', {
    class: 'filter',
    oninput: () => change({ filter: filter.value }),
  });
  filter.label = texts.filter;
  filter.placeholder = texts.filter;
  filter.append(
    element('span', { slot: 'content-before', class: 'codicon codicon-filter', 'aria-hidden': 'true' }),
  );
  const sort = element('vscode-single-select', {
    class: 'sort',
    title: texts.sortBy,
    onchange: () => change({ sort: sort.value as PanelSort, reversed: false }),
  });
  sort.label = texts.sortBy;
  const options = (Object.keys(texts.sorts) as PanelSort[]).map((name) => {
    const option = element('vscode-option', { value: name }, texts.sorts[name]);
    sort.append(option);
    return option;
  });
  const reverse = toolbarButton('arrow-swap', texts.reverse, () =>
    change({ reversed: current?.view.reversed !== true }),
  );
  reverse.classList.add('reverse');
  const group = element('vscode-checkbox', {
    class: 'group',
    onchange: () => change({ grouped: group.checked }),
  });
  group.label = texts.group;
  const save = toolbarButton('save', texts.save, ({ clientX, clientY }) => {
    const { left, bottom } = save.getBoundingClientRect();
    const saveAs = (as: 'csv' | 'json') => () => {
      if (current) send({ type: 'saveList', word: current.shown.number, as, uses: current.listed });
    };
    openMenu(
      texts.save,
      [
        { label: texts.csv, icon: 'table', run: saveAs('csv') },
        { label: texts.json, icon: 'json', run: saveAs('json') },
      ],
      clientX > 0 ? { x: clientX, y: clientY } : { x: left, y: bottom },
    );
  });
  const count = element('span', { class: 'quiet count', role: 'status' });
  const chip = element('span', { class: 'chip' });
  const filtered = element('div', { class: 'filtered' }, chip, count);
  return {
    element: element(
      'div',
      { class: 'toolbar', role: 'group', 'aria-label': texts.actions },
      filter,
      sort,
      reverse,
      group,
      element('span', { class: 'spring' }),
      save,
      filtered,
    ),
    update: (shown) => {
      current = shown;
      const { view, listed, hiddenSenses } = shown;
      const total = shown.shown.uses.length;
      if (filter.value !== view.filter) filter.value = view.filter;
      options.forEach((option) => (option.selected = option.value === view.sort));
      if (sort.value !== view.sort) sort.value = view.sort;
      group.checked = view.grouped;
      const isFiltered = view.filter !== '' || hiddenSenses.size > 0;
      filtered.hidden = !isFiltered && view.lasso === null;
      count.textContent = isFiltered ? fill(texts.shown, listed.length, total) : '';
      chip.hidden = view.lasso === null;
      if (view.lasso) {
        replace(
          chip,
          fill(texts.lasso, view.lasso.length, total),
          element(
            'button',
            {
              title: texts.removeLasso,
              'aria-label': texts.removeLasso,
              onclick: () => change({ lasso: null }),
            },
            icon('close'),
          ),
        );
      }
    },
  };
}
