import path from 'node:path';
import * as vscode from 'vscode';
import {
  type AnnotationStore,
  createAnnotationStore,
  createProjectInventory,
  type Logger,
  type ProjectInventory,
  type SenseInventory,
} from '../../core';
import type { Engine } from '../../engine';
import { ENGLISH } from '../../languages';
import { type DataPlaces, dataPlaces, loadInventory } from '../../node/files';
import { Commands } from './commands';
import { COMMANDS } from './contributions';
import type { Disposables } from './disposables';
import { Edits } from './edits';
import { createLogger } from './log';
import { Notices } from './notices';
import type { OnShare } from './progress';
import { Reports } from './reports';
import { Scheduler } from './scheduler';

/** What features are built from. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly channel: vscode.LogOutputChannel;
  readonly logger: Logger;
  readonly notices: Notices;
  readonly commands: Commands;
  /** The files that ship. */
  readonly places: DataPlaces;
  /** Of WordNet alone, whatever senses a project adds. */
  readonly wordnetId: string;
  readonly inventory: ProjectInventory;
  readonly store: AnnotationStore;
  readonly edits: Edits;
  readonly scheduler: Scheduler;
  /** Where corrections and senses are kept that belong to no folder of a workspace. */
  readonly userFolder: string;
  readonly reports: Reports;
}

/** What services need of features; nothing of it is called before the scheduler starts. */
export interface EngineSource {
  /** As `SchedulerOptions.createEngine`. */
  readonly startEngine: (onBuilding: OnShare) => Promise<Engine>;
  /** Takes back the change of settings that reading stopped at, where there was one. */
  readonly wayBack: () => (() => Promise<void>) | undefined;
}

/** What the extension host reads of the model itself. @throws UserError, ArtifactError */
async function openData(folder: string): Promise<{ places: DataPlaces; wordnet: SenseInventory }> {
  const places = dataPlaces(folder);
  return { places, wordnet: await loadInventory(places.wordnet, ENGLISH) };
}

/** @throws ArtifactError and others when what ships is missing or damaged, after telling the user */
export async function createServices(
  context: vscode.ExtensionContext,
  { startEngine, wayBack }: EngineSource,
  owned: Disposables,
): Promise<Services> {
  const channel = owned.add(vscode.window.createOutputChannel('Glossight', { log: true }));
  const logger = createLogger(channel);
  const notices = new Notices(channel);
  const commands = owned.add(new Commands(channel));
  const { places, wordnet } = await openData(context.extensionPath).catch((error: unknown) => {
    const tell = (): Promise<void> => notices.unusable(error as Error);
    // Else VS Code would answer that there is no such command.
    for (const id of Object.values(COMMANDS)) commands.register(id, tell);
    void tell();
    throw error;
  });
  const inventory = createProjectInventory(wordnet);
  const store = createAnnotationStore();
  const edits = owned.add(new Edits(store));
  const scheduler = owned.add(
    new Scheduler({
      store,
      edits,
      logger,
      createEngine: startEngine,
      onFailed: (error, retry) => notices.failed(error, { retry, goBack: wayBack() }),
      onRestarted: () => notices.restarted(),
    }),
  );
  const reports = owned.add(new Reports());
  const wordnetId = wordnet.id;
  const userFolder = path.join(context.globalStorageUri.fsPath, 'project');
  return {
    context,
    channel,
    logger,
    notices,
    commands,
    places,
    wordnetId,
    inventory,
    store,
    edits,
    scheduler,
    userFolder,
    reports,
  };
}
