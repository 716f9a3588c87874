import * as vscode from 'vscode';
import type { AnnotationStore, SenseInventory } from '../../core';
import { COMMANDS } from '../contributions';
import { Disposables } from '../disposables';
import type { Scheduler } from '../scheduler';

/** What commands work on. */
export interface CommandDeps {
  readonly store: AnnotationStore;
  readonly scheduler: Scheduler;
  readonly inventory: SenseInventory;
  readonly channel: vscode.LogOutputChannel;
}

/** Registers every command, each from a file of its own. */
export function registerCommands({ channel }: CommandDeps): Disposables {
  const owned = new Disposables();
  owned.add(vscode.commands.registerCommand(COMMANDS.showLog, () => channel.show()));
  return owned;
}
