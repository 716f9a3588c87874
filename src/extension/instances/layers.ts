import { readFile } from 'node:fs/promises';
import type { PanelLayer } from '../../protocol/instancesPanel';

/** The table of docs/anisotropy.md as it ships; empty where it does not. */
export async function readLayers(file: string): Promise<readonly PanelLayer[]> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const { layers = [] } = JSON.parse(text) as { readonly layers?: readonly PanelLayer[] };
  return layers;
}
