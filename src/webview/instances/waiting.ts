import type { PanelQuestion } from '../../protocol/instancesPanel';
import { element } from './dom';
import { icon } from './icons';
import type { Answers } from './questions';

/** Says that an answer is under way, or why there is none; `undefined` when it is there. */
export function waitingOr(
  { waiting, failed }: Answers,
  question: PanelQuestion,
  text: string,
): HTMLElement | undefined {
  if (waiting.has(question))
    return element('p', { class: 'waiting', role: 'status' }, icon('loading codicon-modifier-spin'), text);
  const reason = failed.get(question);
  return reason === undefined
    ? undefined
    : element('p', { class: 'warning', role: 'alert' }, icon('warning'), reason);
}
