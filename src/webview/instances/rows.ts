import type { PanelColumn, PanelStrings } from '../../protocol/instancesPanel';
import { element } from './dom';
import { icon, senseMark } from './icons';
import type { Row } from './list';
import type { ShownWord } from './panel';
import { closerThanText, fill, formatCosine, formatRank, formatShare, shortSense } from './words';

/** The columns of the list, in their order; the document only where there are several. */
export function columnsOf({ word }: ShownWord): readonly PanelColumn[] {
  const columns: PanelColumn[] = [
    'sense',
    'left',
    'keyword',
    'right',
    'similarity',
    'probability',
    'position',
  ];
  return word.documents.length > 1 ? [...columns, 'document'] : columns;
}

/** A row of the list as it stands on the page. */
export function rowElement(row: Row, shown: ShownWord, strings: PanelStrings, language: string): HTMLElement {
  return row.kind === 'group' ? groupRow(row, shown) : useRow(row.use, shown, strings, language);
}

function groupRow({ sense, uses }: Row & { kind: 'group' }, shown: ShownWord): HTMLElement {
  const { gloss } = shown.word.senses[sense]!;
  return element(
    'div',
    { role: 'row', class: 'row group' },
    element(
      'div',
      { role: 'gridcell', class: 'cell group', 'aria-colspan': columnsOf(shown).length },
      senseMark(sense),
      element('span', { class: 'gloss', title: gloss }, gloss),
      element('span', { class: 'quiet' }, String(uses)),
    ),
  );
}

function useRow(use: number, shown: ShownWord, strings: PanelStrings, language: string): HTMLElement {
  const { word, uses, asked } = shown;
  const { sense, left, keyword, right, unsure, probability, line, similarity, document } = uses[use]!;
  const cells: Readonly<Record<PanelColumn, () => HTMLElement>> = {
    sense: () =>
      cell(
        'sense',
        word.senses[sense]!.gloss,
        senseMark(sense),
        element('span', { class: 'name' }, shortSense(word, sense)),
      ),
    left: () => cell('left', undefined, element('span', {}, left)),
    keyword: () => cell('keyword', undefined, keyword),
    right: () => cell('right', undefined, element('span', {}, right)),
    similarity: () =>
      use === asked
        ? cell('similarity', strings.use.asked, icon('target'), hidden(strings.use.asked))
        : similarityCell(),
    probability: () =>
      cell(
        'probability',
        probability === null ? undefined : fill(strings.use.sure, formatShare(probability, language)),
        probability === null ? '' : formatShare(probability, language),
        unsure ? icon('question') : null,
        unsure ? hidden(strings.use.unsure) : null,
      ),
    position: () =>
      cell('position', fill(strings.use.place, word.documents[document]!.name, line), String(line)),
    document: () => cell('document', word.documents[document]!.name, word.documents[document]!.name),
  };

  function similarityCell(): HTMLElement {
    const { closerThan } = uses[use]!;
    const title = [
      closerThanText(uses[use]!, strings, language),
      ...(similarity === null ? [] : [fill(strings.use.cosine, formatCosine(similarity))]),
    ].join(' · ');
    if (closerThan === null) return cell('similarity', title, '–');
    const bar = element('span', { class: 'bar', 'aria-hidden': 'true' });
    bar.style.setProperty('--share', String(closerThan));
    return cell('similarity', title, bar, formatRank(closerThan, language));
  }

  const classes = ['row', ...(use === asked ? ['asked'] : []), ...(unsure ? ['unsure'] : [])];
  return element(
    'div',
    { role: 'row', class: classes.join(' '), tabindex: -1, 'data-use': use },
    ...columnsOf(shown).map((column) => cells[column]()),
  );
}

function cell(
  column: PanelColumn,
  title: string | undefined,
  ...children: (Node | string | null)[]
): HTMLElement {
  return element('div', { role: 'gridcell', class: `cell ${column}`, title }, ...children);
}

function hidden(text: string): HTMLElement {
  return element('span', { class: 'only-heard' }, text);
}
