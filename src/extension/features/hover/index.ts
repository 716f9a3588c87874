import * as vscode from 'vscode';
import type { Disposables } from '../../services/disposables';
import type { Services } from '../../services/services';
import { SenseHover } from './hover';

export type { SenseHover };

/** The hover card. */
export function registerHover(services: Services, owned: Disposables): SenseHover {
  const hover = new SenseHover(services);
  // Any document may be read when asked; where nothing was read the hover is silent.
  owned.add(vscode.languages.registerHoverProvider({ pattern: '**' }, hover));
  return hover;
}
