import * as vscode from 'vscode';
import { canRead } from './contextKeys';
import type { Scheduler } from '../../services/scheduler';
import { tellNoEditor } from '../../services/place';

/** Reads the document of the active editor, whatever its language. */
export function readDocument(scheduler: Scheduler): void {
  const document = activeDocument();
  if (document && canRead(document, scheduler)) scheduler.read(document);
}

export function stopReading(scheduler: Scheduler): void {
  const document = activeDocument();
  if (document) scheduler.stop(document);
}

/** Reads it anew, or at all. */
export function rereadDocument(scheduler: Scheduler): void {
  const document = activeDocument();
  if (!document) return;
  if (scheduler.state(document)) scheduler.reread(document);
  else readDocument(scheduler);
}

function activeDocument(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) tellNoEditor();
  return document;
}
