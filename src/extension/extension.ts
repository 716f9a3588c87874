import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import {
  type AnnotationStore,
  createAnnotationStore,
  createProjectInventory,
  type ProjectInventory,
  type SenseInventory,
} from '../core';
import { ENGLISH } from '../languages';
import { createForkedEngine } from '../node/process';
import { dataPlaces, type DataPlaces, loadInventory } from '../node/files';
import { encoderThreads } from '../node/process';
import type { Engine } from '../engine';
import type { VectorCacheSettings } from '../node/cache';
import type { Teaching } from '../protocol/encoder';
import { registerCommands } from './commands';
import { Findings } from './features/consistency/findings';
import { ContextKeys } from './services/contextKeys';
import { COMMANDS } from './services/contributions';
import { Corrections } from './features/corrections/corrections';
import { Disposables } from './services/disposables';
import { Edits } from './services/edits';
import { Encoders } from './features/encoders/encoders';
import { createLogger } from './services/log';
import { readLayers } from './features/instances/layers';
import { InstancesPanel } from './features/instances/panel';
import { Notices } from './services/notices';
import type { OnShare } from './services/progress';
import { ProjectSenses } from './features/project/projectSenses';
import { Scheduler } from './services/scheduler';
import { onSettingsChange, setting } from './services/settings';
import { ConsistencyDiagnostics } from './features/consistency/diagnostics';
import { ConsistencyFixes } from './features/consistency/fixes';
import { Decorations } from './features/marks/decorations';
import { SenseHover } from './features/hover/hover';
import { SensesTree } from './features/senses/sensesTree';
import { Status } from './features/reading/status';

/** What tests and benchmarks of the extension look at. */
export interface Glossight {
  readonly store: AnnotationStore;
  readonly inventory: ProjectInventory;
  readonly scheduler: Scheduler;
  readonly decorations: Decorations;
  readonly status: Status;
  readonly hover: SenseHover;
  readonly contextKeys: ContextKeys;
  readonly encoders: Encoders;
  readonly instances: InstancesPanel;
  readonly findings: Findings;
  readonly corrections: Corrections;
  readonly senses: ProjectSenses;
  readonly sensesTree: SensesTree;
  readonly cacheFolder: string;
}

/** Settings that an encoder process is started with. */
const RESTARTING = ['recipe', 'layerRule', 'encoder.source', 'encoder.threads', 'cache.maximumSize'] as const;

/** What the extension host reads of the model itself. @throws UserError, ArtifactError */
async function openData(folder: string): Promise<{ places: DataPlaces; wordnet: SenseInventory }> {
  const places = dataPlaces(folder);
  return { places, wordnet: await loadInventory(places.wordnet, ENGLISH) };
}

/** Builds, wires and registers; nothing else. */
export async function activate(context: vscode.ExtensionContext): Promise<Glossight> {
  const owned = new Disposables();
  context.subscriptions.push(owned);
  const channel = owned.add(vscode.window.createOutputChannel('Glossight', { log: true }));
  const logger = createLogger(channel);
  const notices = new Notices(channel);
  const { places, wordnet } = await openData(context.extensionPath).catch((error: unknown) => {
    const tell = (): Promise<void> => notices.unusable(error as Error);
    // Else VS Code would answer that there is no such command.
    for (const id of Object.values(COMMANDS)) owned.add(vscode.commands.registerCommand(id, tell));
    void tell();
    throw error;
  });
  const inventory = createProjectInventory(wordnet);
  const store = createAnnotationStore();
  const edits = owned.add(new Edits(store));
  const userFolder = path.join(context.globalStorageUri.fsPath, 'project');
  const onProblem = (message: string): void => notices.problem(message);
  const senses = owned.add(new ProjectSenses({ inventory, userFolder, onProblem }));
  const corrections = owned.add(
    new Corrections({
      store,
      edits,
      inventory,
      userFolder,
      memory: context.workspaceState,
      onProblem,
    }),
  );
  const teaching = (): Teaching => ({ senses: senses.all, lessons: corrections.lessons });

  const cacheFolder = path.join(context.globalStorageUri.fsPath, 'vectors');
  const cacheSettings = (): VectorCacheSettings | undefined => {
    const megabytes = setting('cache.maximumSize');
    return megabytes > 0 ? { folder: cacheFolder, maxBytes: megabytes * 1e6 } : undefined;
  };
  const encoders = owned.add(
    new Encoders({
      places,
      wordnetId: wordnet.id,
      storage: context.globalStorageUri.fsPath,
      indexProcess: path.join(context.extensionPath, 'dist', 'index-process.js'),
    }),
  );
  const createEngine = async (onBuilding: OnShare): Promise<Engine> => {
    const chosen = await encoders.resolve(onBuilding);
    await Promise.all([senses.ready, corrections.ready]);
    const engine = createForkedEngine({
      entry: path.join(context.extensionPath, 'dist', 'encoder-process.js'),
      settings: {
        ...chosen,
        wordnet: places.wordnet,
        corpus: places.corpus,
        threads: setting('encoder.threads') || encoderThreads(),
        cache: cacheSettings(),
      },
      logger,
    });
    await engine.teach(teaching());
    engine.start();
    // What comes next, handing over a text, is for another turn.
    await nextTurn();
    return engine;
  };
  const scheduler = owned.add(
    new Scheduler({
      store,
      edits,
      logger,
      createEngine,
      onFailed: (error, retry) => notices.failed(error, { retry, goBack: encoders.wayBack() }),
      onRestarted: () => notices.restarted(),
    }),
  );
  owned.add(onSettingsChange(['reading.enabled', 'reading.languages'], () => scheduler.refresh()));
  // Nobody waits for the sense vectors of what is no longer chosen.
  owned.add(onSettingsChange(['encoder.source', 'layerRule'], () => encoders.cancelBuilds()));
  owned.add(corrections.onDidChange(() => scheduler.teach(teaching())));
  // A correction may name a sense that is there only now.
  owned.add(senses.onDidChange(() => corrections.refresh()));
  owned.add(
    onSettingsChange(RESTARTING, () => {
      notices.forget();
      void scheduler.restart();
    }),
  );

  const decorations = owned.add(new Decorations(store, edits));
  const status = owned.add(new Status(scheduler, store));
  const sensesTree = owned.add(new SensesTree(store, inventory));
  // Any document may be read when asked; where nothing was read the hover is silent.
  const hover = new SenseHover({ store, scheduler, inventory });
  owned.add(vscode.languages.registerHoverProvider({ pattern: '**' }, hover));
  const instances = owned.add(
    new InstancesPanel({
      store,
      edits,
      scheduler,
      inventory,
      extension: context.extensionUri,
      layers: await readLayers(path.join(context.extensionPath, 'media', 'anisotropy.json')),
    }),
  );
  const contextKeys = owned.add(new ContextKeys(scheduler));
  const findings = owned.add(
    new Findings({ store, edits, scheduler, inventory, thresholds: () => encoders.fitted.consistency }),
  );
  owned.add(new ConsistencyDiagnostics(findings, inventory));
  owned.add(
    vscode.languages.registerCodeActionsProvider(
      { pattern: '**' },
      new ConsistencyFixes(findings, inventory),
      ConsistencyFixes.metadata,
    ),
  );
  const memory = context.workspaceState;
  owned.add(
    registerCommands({
      store,
      edits,
      scheduler,
      inventory,
      findings,
      corrections,
      senses,
      channel,
      memory,
      cacheFolder,
      encoders,
      instances,
    }),
  );
  return {
    store,
    inventory,
    scheduler,
    decorations,
    status,
    hover,
    contextKeys,
    encoders,
    findings,
    instances,
    corrections,
    senses,
    sensesTree,
    cacheFolder,
  };
}
