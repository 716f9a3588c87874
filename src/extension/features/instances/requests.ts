import { CancelledError } from '../../../core';
import type { PanelAnswer, PanelRequest } from '../../../protocol/instancesPanel';
import { keyOf } from '../../services/documents';
import { compareWords } from './compare';
import { type PanelDeps, readWordAt } from './listUses';
import { panelEvidence, panelMap, panelNeighbours } from './panelMessages';
import type { ShownUses } from './shownUses';

/** Other words shown at most. */
const NEIGHBOURS = 40;

/** @throws CancelledError, also when an edit has overtaken the answer; UserError */
export async function answerRequest(
  request: PanelRequest,
  shown: ShownUses,
  deps: PanelDeps,
  signal: AbortSignal,
): Promise<PanelAnswer> {
  const { inventory, scheduler, store } = deps;
  const { documents, senses, asked } = shown;
  const expect = (versions: readonly number[]): void => {
    if (versions.some((version, i) => version !== shown.versions[i])) throw new CancelledError();
  };
  const { id, word } = request;
  switch (request.type) {
    case 'map': {
      const { method } = request;
      const answer = await scheduler.ask(documents, 'map', { senses: asked.senses, method }, signal);
      expect(answer.versions);
      return { type: 'map', id, word, map: panelMap(method, answer, senses) };
    }
    case 'comparison': {
      const [a, b] = request.uses.map((i) => {
        const use = shown.uses[i];
        return use && readWordAt(documents[use.document]!, use.start, deps);
      });
      if (!a || !b) throw new CancelledError();
      return { type: 'comparison', id, word, comparison: await compareWords([a, b], deps, signal) };
    }
    case 'evidence': {
      const use = shown.uses[request.use];
      if (!use) throw new CancelledError();
      const answer = await scheduler.ask(documents, 'evidence', { place: use, senses }, signal);
      return { type: 'evidence', id, word, evidence: panelEvidence(request.use, answer) };
    }
    case 'neighbours': {
      const place = { document: 0, ...asked.span };
      const question = { place, senses: asked.senses, count: NEIGHBOURS };
      const answer = await scheduler.ask(documents, 'neighbours', question, signal);
      expect(answer.versions);
      shown.neighbours = answer.neighbours;
      const packed = store.get(keyOf(asked.document))?.at(place.start);
      const synset = packed ? inventory.synset(packed.sense) : -1;
      return { type: 'neighbours', id, word, neighbours: panelNeighbours(shown, synset, inventory) };
    }
  }
}
