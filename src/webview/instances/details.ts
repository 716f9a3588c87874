import { createComparison } from './comparison';
import { element } from './dom';
import { createEvidence } from './evidence';
import { createNeighbours } from './neighbours';
import type { Panel, Part } from './panel';
import type { Detail } from './state';
import { createTabs } from './tabs';
import { createUseDetails } from './useDetails';

/** What is known of the selected use, in four tabs. */
export function createDetails(panel: Panel): Part {
  const { tabs: texts } = panel.strings;
  const parts: Readonly<Record<Detail, Part>> = {
    use: createUseDetails(panel),
    comparison: createComparison(panel),
    evidence: createEvidence(panel),
    neighbours: createNeighbours(panel),
  };
  const names = Object.keys(parts) as Detail[];
  const panels = names.map((name) => element('div', { class: 'detail', tabindex: 0 }, parts[name].element));
  const tabs = createTabs(
    'detail',
    texts.details,
    names.map((name, i) => ({ name, label: texts[name], panel: panels[i]! })),
    (detail) => {
      panel.change({ detail });
      if (detail === 'neighbours') panel.request('neighbours');
      if (detail === 'evidence') panel.request('evidence');
    },
  );
  return {
    element: element('section', { class: 'details', 'aria-label': texts.details }, tabs.list, ...panels),
    update: (shown) => {
      tabs.select(shown.view.detail);
      parts[shown.view.detail].update(shown);
    },
  };
}
