import { createConcordance } from './concordance';
import { createDetails } from './details';
import { createDispersion } from './dispersion';
import { element } from './dom';
import { createHeader } from './header';
import { createLegend } from './legend';
import { createListToolbar } from './listToolbar';
import { createMap } from './map';
import type { Panel, Part, Shown } from './panel';
import { createTabs } from './tabs';

export interface Layout extends Part {
  follows(on: boolean): void;
  focusList(): void;
}

/** From this width on the list stands beside map or dispersion; below, one of the three is shown. As in instances.css. */
const WIDE = '(min-width: 860px)';

/** The whole page but for its messages. */
export function createLayout(panel: Panel): Layout {
  const { tabs: texts } = panel.strings;
  const header = createHeader(panel);
  const legend = createLegend(panel);
  const listToolbar = createListToolbar(panel);
  const concordance = createConcordance(panel);
  const map = createMap(panel);
  const dispersion = createDispersion(panel);
  const details = createDetails(panel);
  const list = element('div', { class: 'view list' }, listToolbar.element, concordance.element);
  const views = {
    list,
    map: element('div', { class: 'view map' }, map.element),
    dispersion: element('div', { class: 'view dispersion' }, dispersion.element),
  };
  const tabs = createTabs(
    'view',
    texts.views,
    (['list', 'map', 'dispersion'] as const).map((name) => ({
      name,
      label: texts[name],
      panel: views[name],
    })),
    (view) => panel.change({ view }),
  );
  const wide = matchMedia(WIDE);
  let current: Shown | undefined;
  wide.addEventListener('change', () => {
    if (current) update(current);
  });

  function update(shown: Shown): void {
    current = shown;
    // Beside the list there is always something.
    tabs.select(wide.matches && shown.view.view === 'list' ? 'map' : shown.view.view);
    for (const part of [header, legend, listToolbar, concordance, map, dispersion, details])
      if (part.element.checkVisibility()) part.update(shown);
  }

  return {
    element: element(
      'div',
      { class: 'page' },
      header.element,
      legend.element,
      element('div', { class: 'main' }, tabs.list, views.list, views.map, views.dispersion, details.element),
    ),
    update,
    follows: (on) => header.follows(on),
    focusList: () => {
      if (!wide.matches) panel.change({ view: 'list' });
      concordance.focus();
    },
  };
}
