import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { PanelLayer } from '../../../protocol/instancesPanel';

/** media/anisotropy.json, as `python -m glossight_training.anisotropy` writes it. */
interface Anisotropy {
  readonly encoders: readonly {
    readonly kind: 'untrained' | 'trained';
    readonly layers: readonly {
      /** A number from 0, the embeddings; or `mean4`, or `map`, which is what the encoder that ships gives. */
      readonly layer: string;
      readonly raw: number;
      readonly standardised: number;
      readonly top: { readonly dimension: number; readonly share: number };
    }[];
  }[];
}

/** The table of docs/anisotropy.md, the means of layers first; empty where the file is missing. */
export async function readLayers(file: string): Promise<readonly PanelLayer[]> {
  const text = await readFile(file, 'utf8').catch(() => '{"encoders":[]}');
  const { encoders } = JSON.parse(text) as Anisotropy;
  const rows = encoders.flatMap(({ kind, layers }) =>
    layers
      .filter(({ layer }) => kind === 'untrained' || layer === 'map')
      .map(({ layer, raw, standardised, top }) => ({ layer, raw, standardised, ...top })),
  );
  const isMean = ({ layer }: { readonly layer: string }): boolean => !/^\d+$/.test(layer);
  return [...rows.filter(isMean), ...rows.filter((row) => !isMean(row))].map(({ layer, ...row }) => ({
    name: layerName(layer),
    ...row,
  }));
}

function layerName(layer: string): string {
  const { l10n } = vscode;
  if (layer === 'map') return l10n.t('The encoder that ships');
  return layer === 'mean4'
    ? l10n.t('Untrained: mean of the last four layers')
    : l10n.t('Untrained: layer {0}', layer);
}
