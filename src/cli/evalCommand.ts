import type { ConsistencyProfile } from '../core';
import { evalDiscourse } from './evalDiscourse';
import { evalSenses } from './evalSenses';
import type { EvalOptions } from './evalSetup';

/** What `glossight eval --task` scores. */
const TASKS = { senses: evalSenses, discourse: evalDiscourse } as const;
export const EVAL_TASKS = Object.keys(TASKS) as readonly (keyof typeof TASKS)[];

export interface EvalCommandOptions extends EvalOptions {
  readonly task: keyof typeof TASKS;
  readonly profile: ConsistencyProfile;
}

export function evalCommand(options: EvalCommandOptions): Promise<void> {
  return TASKS[options.task](options);
}
