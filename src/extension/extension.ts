import path from 'node:path';
import * as vscode from 'vscode';
import { type AnnotationStore, createAnnotationStore } from '../core';
import {
  createForkedReader,
  dataPlaces,
  encoderThreads,
  loadInventory,
  type Reader,
  type VectorCacheSettings,
} from '../runtime/host';
import { registerCommands } from './commands/commands';
import { ContextKeys } from './contextKeys';
import { Disposables } from './disposables';
import { createLogger } from './log';
import { Notices } from './notices';
import { Scheduler } from './scheduler';
import { onSettingsChange, setting } from './settings';
import { Decorations } from './views/decorations';
import { SenseHover } from './views/hover';
import { Status } from './views/status';

/** What tests and benchmarks of the extension look at. */
export interface Glossight {
  readonly store: AnnotationStore;
  readonly scheduler: Scheduler;
  readonly decorations: Decorations;
  readonly status: Status;
  readonly hover: SenseHover;
  readonly contextKeys: ContextKeys;
}

/** Settings that an encoder process is started with. */
const RESTARTING = ['recipe', 'layerRule', 'encoder.threads', 'cache.maximumSize'] as const;

/** Builds, wires and registers; nothing else. */
export async function activate(context: vscode.ExtensionContext): Promise<Glossight> {
  const owned = new Disposables();
  context.subscriptions.push(owned);
  const channel = owned.add(vscode.window.createOutputChannel('Glossight', { log: true }));
  const logger = createLogger(channel);
  const notices = new Notices(channel);
  const places = dataPlaces(context.extensionPath);
  const inventory = await loadInventory(places.wordnet);
  const store = createAnnotationStore();

  const cacheFolder = path.join(context.globalStorageUri.fsPath, 'vectors');
  const cacheSettings = (): VectorCacheSettings | undefined => {
    const megabytes = setting('cache.maximumSize');
    return megabytes > 0 ? { folder: cacheFolder, maxBytes: megabytes * 1e6 } : undefined;
  };
  const createReader = (): Promise<Reader> => {
    const layer = setting('layerRule');
    return Promise.resolve(
      createForkedReader({
        entry: path.join(context.extensionPath, 'dist', 'encoder-process.js'),
        settings: {
          encoder: places.encoder,
          wordnet: places.wordnet,
          index: places.index(layer),
          layer,
          recipe: setting('recipe'),
          threads: setting('encoder.threads') || encoderThreads(),
          cache: cacheSettings(),
        },
        logger,
      }),
    );
  };
  const scheduler = owned.add(
    new Scheduler({
      store,
      logger,
      createReader,
      onFailed: (error, retry) => notices.failed(error, retry),
      onRestarted: () => notices.restarted(),
    }),
  );
  owned.add(onSettingsChange(['reading.enabled', 'reading.languages'], () => scheduler.refresh()));
  owned.add(onSettingsChange(RESTARTING, () => void scheduler.restart()));

  const decorations = owned.add(new Decorations(store));
  const status = owned.add(new Status(scheduler, store));
  // Any document may be read when asked; where nothing was read the hover is silent.
  const hover = new SenseHover({ store, scheduler, inventory });
  owned.add(vscode.languages.registerHoverProvider({ pattern: '**' }, hover));
  const contextKeys = owned.add(new ContextKeys(scheduler));
  const memory = context.workspaceState;
  owned.add(registerCommands({ store, scheduler, inventory, channel, memory, cacheFolder }));
  return { store, scheduler, decorations, status, hover, contextKeys };
}
