import type { PanelMap, PanelStrings } from '../../protocol/instancesPanel';
import { element } from './dom';
import { icon } from './icons';
import type { ShownWord } from './panel';
import { fill, formatCosine, formatShare, shortSense } from './words';

/** How much of the meaning the picture shows, and how discrete the senses are. */
export function mapFigures(
  map: PanelMap,
  { word, uses }: ShownWord,
  { map: texts }: PanelStrings,
  language: string,
): HTMLElement {
  const share = (value: number): string => formatShare(value, language);
  const figures: [label: string, value: string, note: string][] = [[texts.uses, String(uses.length), '']];
  if (map.explained) {
    const [x, y] = map.explained;
    figures.push([texts.explained, share(x + y), fill(texts.explainedNote, share(x), share(y))]);
  }
  if (map.silhouette !== null)
    figures.push([texts.silhouette, formatCosine(map.silhouette), texts.silhouetteNote]);
  figures.push([texts.between, share(map.between), texts.betweenNote]);
  if (map.agreement !== null)
    figures.push([fill(texts.agreement, map.clusters), formatCosine(map.agreement), texts.agreementNote]);
  const senseName = (sense: number): string => (word.senses[sense] ? shortSense(word, sense) : '');
  return element(
    'div',
    { class: 'figures' },
    map.tooFew
      ? element('p', { class: 'warning', role: 'status' }, icon('warning'), fill(texts.tooFew, uses.length))
      : null,
    map.continuum
      ? element(
          'p',
          { class: 'continuum' },
          fill(texts.continuum, senseName(map.continuum[0]), senseName(map.continuum[1])),
        )
      : null,
    element(
      'dl',
      {},
      ...figures.map(([label, value, note]) =>
        element(
          'div',
          {},
          element('dt', {}, label),
          element('dd', {}, value),
          element('dd', { class: 'note' }, note),
        ),
      ),
    ),
  );
}
