import type { PanelRequest } from '../../protocol/instancesPanel';
import { element } from './dom';
import { icon } from './icons';
import type { Answers } from './panel';

/** That an answer is on its way, or why there is none; nothing when it is there. */
export function waitingOr(
  { waiting, failed }: Answers,
  request: PanelRequest,
  text: string,
): HTMLElement | undefined {
  if (waiting.has(request))
    return element('p', { class: 'waiting', role: 'status' }, icon('loading codicon-modifier-spin'), text);
  const reason = failed.get(request);
  return reason === undefined
    ? undefined
    : element('p', { class: 'warning', role: 'alert' }, icon('warning'), reason);
}
