import type {
  PanelAnswer,
  PanelComparison,
  PanelEvidence,
  PanelMap,
  PanelNeighbour,
  PanelQuestion,
  PanelRequest,
  ToInstancesPanel,
} from '../../protocol/instancesPanel';

/** A question under way: one of the page, or a comparison that was asked for in the editor. */
export type Waiting = PanelRequest | Extract<ToInstancesPanel, { readonly type: 'comparing' }>;

/** What the extension has answered about the word shown, and what it has not answered yet. */
export interface Answers {
  readonly map?: PanelMap;
  readonly comparison?: PanelComparison;
  readonly evidence?: PanelEvidence;
  readonly neighbours?: readonly PanelNeighbour[];
  /** The newest question of each kind that has no answer yet. */
  readonly waiting: ReadonlyMap<PanelQuestion, Waiting>;
  /** Why there is no answer. */
  readonly failed: ReadonlyMap<PanelQuestion, string>;
}

export const NO_ANSWERS: Answers = { waiting: new Map(), failed: new Map() };

/** Is this question under way already, whatever its id? */
export function isWaitingFor({ waiting }: Answers, asked: PanelRequest): boolean {
  const same = waiting.get(asked.type);
  return same !== undefined && JSON.stringify({ ...same, id: asked.id }) === JSON.stringify(asked);
}

/** After a question was asked; it takes the place of one of its kind that is under way. */
export function withQuestion(answers: Answers, asked: Waiting): Answers {
  const question = asked.type === 'comparing' ? 'comparison' : asked.type;
  return {
    ...answers,
    waiting: new Map(answers.waiting).set(question, asked),
    failed: without(answers.failed, question),
  };
}

/**
 * After the uses were listed again in the same places: their map stays until the new one is there, and a comparison under way
 * is waited for if it is still with the use asked about. All else is asked anew.
 */
export function afterRefresh({ map, waiting }: Answers, isSameUseAsked: boolean): Answers {
  const comparison = isSameUseAsked ? waiting.get('comparison') : undefined;
  const answers = map ? { ...NO_ANSWERS, map } : NO_ANSWERS;
  return comparison ? withQuestion(answers, comparison) : answers;
}

/** After an answer; `undefined` when nothing waits for it: another word is shown, or another question was asked since. */
export function withAnswer(answers: Answers, answer: PanelAnswer): Answers | undefined {
  const question = answer.type === 'failed' ? answer.question : answer.type;
  const awaited = answers.waiting.get(question);
  if (awaited?.id !== answer.id || awaited.word !== answer.word) return undefined;
  const waiting = without(answers.waiting, question);
  switch (answer.type) {
    case 'map':
      return { ...answers, waiting, map: answer.map };
    case 'comparison':
      return { ...answers, waiting, comparison: answer.comparison };
    case 'evidence':
      return { ...answers, waiting, evidence: answer.evidence };
    case 'neighbours':
      return { ...answers, waiting, neighbours: answer.neighbours };
    case 'failed':
      return { ...answers, waiting, failed: new Map(answers.failed).set(question, answer.text) };
  }
}

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  return new Map([...map].filter(([other]) => other !== key));
}
