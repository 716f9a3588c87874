import type { ConsistencyProfile } from '../core';
import { UserError } from '../engine';
import { evalDiscourse } from './evalDiscourse';
import { evalSenses } from './evalSenses';
import type { EvalOptions } from './evalSetup';
import { evalWicCommand, type EvalWicOptions } from './evalWic';

/** The tasks of `glossight eval`; *discourse* scores consistency warnings ("one sense per discourse", Gale et al. 1992). */
const TASKS = { senses: evalSenses, discourse: evalDiscourse, wic: evalWicCommand } as const;
type EvalTask = keyof typeof TASKS;
export const EVAL_TASKS = Object.keys(TASKS) as readonly EvalTask[];

/** The options of all tasks, as commander gives them. */
export interface EvalCommandOptions extends EvalOptions, EvalWicOptions {
  readonly task: EvalTask;
  readonly profile: ConsistencyProfile;
}

const ON_DOCUMENTS: readonly EvalTask[] = ['senses', 'discourse'];
/** Which tasks know an option, if not all of them do. */
const KNOWN_TO: Readonly<Partial<Record<keyof EvalCommandOptions, readonly EvalTask[]>>> = {
  raw: ON_DOCUMENTS,
  heldout: ON_DOCUMENTS,
  vectors: ON_DOCUMENTS,
  gloss: ON_DOCUMENTS,
  prior: ON_DOCUMENTS,
  train: ['wic'],
  trainGold: ['wic'],
};

/** `glossight eval`. @throws UserError if the task does not know one of the options */
export async function evalCommand(options: EvalCommandOptions): Promise<void> {
  for (const [name, tasks] of Object.entries(KNOWN_TO)) {
    if (options[name as keyof EvalCommandOptions] === undefined || tasks.includes(options.task)) continue;
    const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UserError(
      `--${option} does not go with --task ${options.task}.`,
      `Leave it out, or say --task ${tasks.join(' or ')}.`,
    );
  }
  await TASKS[options.task](options);
}
