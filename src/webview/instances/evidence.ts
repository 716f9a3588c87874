import { element, replace } from './dom';
import { senseMark } from './icons';
import type { Panel, Part, Shown } from './panel';
import { contextLine } from './useLine';
import { waitingOr } from './waiting';
import { fill, formatCosine } from './words';

/** The tagged examples behind a decision: of each candidate sense the nearest first. */
export function createEvidence({ strings }: Panel): Part {
  const { evidence: texts } = strings;
  const box = element('div', { class: 'evidence' });
  let drawn: Shown | undefined;

  function senses({ answers: { evidence }, shown: { word, uses } }: Shown): HTMLElement[] {
    const use = evidence && uses[evidence.use];
    if (!use) return [element('p', { class: 'quiet' }, texts.choose)];
    return [
      element('blockquote', {}, contextLine(use)),
      element('p', { class: 'quiet note' }, texts.note),
      ...evidence.senses.flatMap(({ sense, tagged, examples }) => {
        const known = word.senses[sense];
        if (!known) return [];
        const role = sense === use.sense ? texts.predicted : sense === use.rival ? texts.rival : undefined;
        return element(
          'section',
          {},
          element(
            'h3',
            {},
            senseMark(sense),
            known.gloss,
            role === undefined ? null : element('span', { class: 'tag' }, role),
          ),
          element(
            'p',
            { class: 'quiet' },
            tagged === 0 ? texts.untagged : fill(texts.tagged, examples.length, tagged),
          ),
          element(
            'ol',
            { class: 'examples' },
            ...examples.map((example) =>
              element(
                'li',
                {},
                element('span', { class: 'value' }, formatCosine(example.similarity)),
                contextLine(example),
                element('span', { class: 'quiet source' }, example.source),
              ),
            ),
          ),
        );
      }),
    ];
  }

  return {
    element: box,
    update: (shown) => {
      if (drawn?.answers === shown.answers && drawn.shown === shown.shown) return;
      drawn = shown;
      const waiting = waitingOr(shown.answers, 'evidence', texts.waiting);
      replace(box, ...(waiting ? [waiting] : senses(shown)));
    },
  };
}
