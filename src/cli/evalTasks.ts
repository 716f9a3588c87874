import { UserError } from '../runtime';
import { evalCommand, type EvalOptions } from './evalCommand';
import { evalWicCommand, type EvalWicOptions } from './evalWic';

/** As commander gives them: a task reads those that it knows. */
export type EvalTaskOptions = EvalOptions & EvalWicOptions & { readonly task: EvalTask };

/** What `glossight eval --task` can measure, and the options that only this task has. */
const TASKS = {
  wsd: { run: evalCommand, own: ['raw', 'heldout', 'vectors', 'gloss', 'prior'] },
  wic: { run: evalWicCommand, own: ['train', 'trainGold'] },
} as const satisfies Record<
  string,
  { run: (options: EvalTaskOptions) => Promise<void>; own: readonly (keyof EvalTaskOptions)[] }
>;
type EvalTask = keyof typeof TASKS;
export const EVAL_TASKS = Object.keys(TASKS) as EvalTask[];

/** `glossight eval`. @throws UserError where an option would have been left unheard */
export async function evalTask(options: EvalTaskOptions): Promise<void> {
  for (const [task, { own }] of Object.entries(TASKS)) {
    const foreign = own.find((name) => task !== options.task && options[name] !== undefined);
    if (foreign === undefined) continue;
    const name = foreign.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UserError(
      `--${name} does not go with --task ${options.task}.`,
      `Leave it out, or say --task ${task}.`,
    );
  }
  await TASKS[options.task].run(options);
}
