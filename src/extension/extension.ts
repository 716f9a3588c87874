import type * as vscode from 'vscode';
import type { AnnotationStore, ProjectInventory } from '../core';
import type { Teaching } from '../protocol/encoder';
import { type Findings, registerConsistency } from './features/consistency';
import { type Corrections, registerCorrections } from './features/corrections';
import { type Encoders, registerEncoders } from './features/encoders';
import { registerHover, type SenseHover } from './features/hover';
import { type InstancesPanel, registerInstances } from './features/instances';
import { type Decorations, registerMarks } from './features/marks';
import { type ProjectSenses, registerProject } from './features/project';
import { type ReadingViews, registerReading } from './features/reading';
import { registerSenses, type SensesTree } from './features/senses';
import { Disposables } from './services/disposables';
import type { Scheduler } from './services/scheduler';
import { createServices } from './services/services';

/** What tests and benchmarks of the extension look at. */
export interface Glossight extends ReadingViews {
  readonly store: AnnotationStore;
  readonly inventory: ProjectInventory;
  readonly scheduler: Scheduler;
  readonly decorations: Decorations;
  readonly hover: SenseHover;
  readonly encoders: Encoders;
  readonly instances: InstancesPanel;
  readonly findings: Findings;
  readonly corrections: Corrections;
  readonly senses: ProjectSenses;
  readonly sensesTree: SensesTree;
  readonly cacheFolder: string;
}

/** Builds the services, registers the features on them, and begins to read. */
export async function activate(context: vscode.ExtensionContext): Promise<Glossight> {
  const owned = new Disposables();
  context.subscriptions.push(owned);
  const services = await createServices(
    context,
    {
      startEngine: (onBuilding) => startEngine({ ready, teaching }, onBuilding),
      wayBack: () => encoders.wayBack(),
    },
    owned,
  );
  const { store, inventory, scheduler } = services;

  // What an engine is started with and learns from.
  const senses = registerProject(services, owned);
  const corrections = registerCorrections(services, owned);
  const { encoders, cacheFolder, startEngine } = registerEncoders(services, owned);
  const ready = (): Promise<unknown> => Promise.all([senses.ready, corrections.ready]);
  const teaching = (): Teaching => ({ senses: senses.all, lessons: corrections.lessons });
  owned.add(corrections.onDidChange(() => scheduler.teach(teaching())));
  // A correction may name a sense that is there only now.
  owned.add(senses.onDidChange(() => corrections.refresh()));

  // What shows what was read.
  const views = {
    ...registerReading(services, owned),
    decorations: registerMarks(services, owned),
    hover: registerHover(services, owned),
    sensesTree: registerSenses(services, owned),
    findings: registerConsistency(services, () => encoders.fitted.consistency, owned),
    instances: await registerInstances(services, owned),
  };

  scheduler.start();
  return { store, inventory, scheduler, senses, corrections, encoders, cacheFolder, ...views };
}
