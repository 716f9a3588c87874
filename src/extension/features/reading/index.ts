import * as vscode from 'vscode';
import { COMMANDS } from '../../services/contributions';
import type { Disposables } from '../../services/disposables';
import type { Services } from '../../services/services';
import { ContextKeys } from './contextKeys';
import { showMenu } from './menu';
import { readDocument, rereadDocument, stopReading } from './reading';
import { Status } from './status';

export interface ReadingViews {
  readonly status: Status;
  readonly contextKeys: ContextKeys;
}

/** What is being read, and how far it is: the status item with its menu, and the commands that begin and end reading. */
export function registerReading(services: Services, owned: Disposables): ReadingViews {
  const { scheduler, store, commands, channel } = services;
  commands.register(COMMANDS.readDocument, () => readDocument(scheduler));
  commands.register(COMMANDS.stopReading, () => stopReading(scheduler));
  commands.register(COMMANDS.rereadDocument, () => rereadDocument(scheduler));
  commands.register(COMMANDS.showMenu, () => showMenu(scheduler));
  commands.register(COMMANDS.showLog, () => channel.show());
  commands.register(COMMANDS.openSettings, () =>
    vscode.commands.executeCommand('workbench.action.openSettings', '@ext:glossight.glossight'),
  );
  return {
    status: owned.add(new Status(scheduler, store)),
    contextKeys: owned.add(new ContextKeys(scheduler)),
  };
}
