import type * as vscode from 'vscode';
import type { Logger } from '../../core';

/** The output channel as the logger that everything below the extension takes. */
export function createLogger(channel: vscode.LogOutputChannel): Logger {
  return {
    trace: (message) => channel.trace(message),
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message) => channel.error(message),
  };
}
