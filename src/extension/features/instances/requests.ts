import { CancelledError } from '../../../core';
import type { FromInstancesPanel, PanelRequest, ToInstancesPanel } from '../../../protocol/instancesPanel';
import { keyOf } from '../../services/documents';
import { panelEvidence, panelMap, panelNeighbours, type ShownUses } from './asked';
import { compareWords } from './compare';
import { type PanelDeps, wordAt } from './uses';

/** Words told at most. */
const NEIGHBOURS = 40;

/** A message that asks for something more about the uses that are shown. */
export type RequestMessage = Extract<
  FromInstancesPanel,
  { readonly type: 'map' | 'compare' | 'evidence' | 'neighbours' }
>;

/** What the panel is told of, by the message that asks for it. */
export const ANSWER_OF: Readonly<Record<RequestMessage['type'], PanelRequest>> = {
  map: 'map',
  compare: 'comparison',
  evidence: 'evidence',
  neighbours: 'neighbours',
};

/** @throws CancelledError, also when an edit has overtaken the answer; UserError */
export async function answerRequest(
  message: RequestMessage,
  shown: ShownUses,
  deps: PanelDeps,
  signal: AbortSignal,
): Promise<ToInstancesPanel> {
  const { inventory, scheduler, store } = deps;
  const { documents, senses, asked } = shown;
  const expect = (versions: readonly number[]): void => {
    if (versions.some((version, i) => version !== shown.versions[i])) throw new CancelledError();
  };
  switch (message.type) {
    case 'map': {
      const { method } = message;
      const answer = await scheduler.ask(documents, 'map', { senses: asked.senses, method }, signal);
      expect(answer.versions);
      return { type: 'map', map: panelMap(method, answer, senses) };
    }
    case 'compare': {
      const [a, b] = message.uses.map((i) => {
        const use = shown.uses[i];
        return use && wordAt(documents[use.document]!, use.start, deps);
      });
      if (!a || !b) throw new CancelledError();
      return compareWords([a, b], deps, signal);
    }
    case 'evidence': {
      const use = shown.uses[message.use];
      if (!use) throw new CancelledError();
      const answer = await scheduler.ask(documents, 'evidence', { place: use, senses }, signal);
      return { type: 'evidence', evidence: panelEvidence(message.use, answer) };
    }
    case 'neighbours': {
      const place = { document: 0, ...asked.span };
      const question = { place, senses: asked.senses, count: NEIGHBOURS };
      const answer = await scheduler.ask(documents, 'neighbours', question, signal);
      expect(answer.versions);
      shown.neighbours = answer.neighbours;
      const packed = store.get(keyOf(asked.document))?.at(place.start);
      const synset = packed ? inventory.synset(packed.sense) : -1;
      return { type: 'neighbours', neighbours: panelNeighbours(shown, synset, inventory) };
    }
  }
}
