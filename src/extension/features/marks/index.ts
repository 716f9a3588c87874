import { COMMANDS } from '../../services/contributions';
import type { Disposables } from '../../services/disposables';
import type { Services } from '../../services/services';
import { Decorations } from './decorations';
import { toggleAnnotations } from './toggleAnnotations';

export type { Decorations };

/** Underlines in the text. */
export function registerMarks(
  { store, edits, commands, context }: Services,
  owned: Disposables,
): Decorations {
  commands.register(COMMANDS.toggleAnnotations, () => toggleAnnotations(context.workspaceState));
  return owned.add(new Decorations(store, edits));
}
