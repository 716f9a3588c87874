import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import type { FromInstancesPanel } from '../../protocol/instancesPanel';
import { isToInstancesPanel } from '../../protocol/instancesPanelGuards';
import { createApp } from './app';

declare function acquireVsCodeApi(): {
  postMessage(message: FromInstancesPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const editor = acquireVsCodeApi();
const app = createApp({
  root: document.body,
  language: document.documentElement.lang,
  kept: editor.getState(),
  keep: (state) => editor.setState(state),
  send: (message) => editor.postMessage(message),
});
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isToInstancesPanel(data)) app.receive(data);
});
editor.postMessage({ type: 'ready' });
