import * as vscode from 'vscode';
import type { AnnotationStore, SenseInventory } from '../../core';
import { COMMANDS } from '../contributions';
import { Disposables } from '../disposables';
import type { Scheduler } from '../scheduler';
import { clearCache } from './clearCache';

/** What commands work on. */
export interface CommandDeps {
  readonly store: AnnotationStore;
  readonly scheduler: Scheduler;
  readonly inventory: SenseInventory;
  readonly channel: vscode.LogOutputChannel;
  readonly cacheFolder: string;
}

/** Registers every command, each from a file of its own. */
export function registerCommands({ channel, scheduler, cacheFolder }: CommandDeps): Disposables {
  const owned = new Disposables();
  owned.add(vscode.commands.registerCommand(COMMANDS.showLog, () => channel.show()));
  owned.add(vscode.commands.registerCommand(COMMANDS.clearCache, () => clearCache(scheduler, cacheFolder)));
  return owned;
}
