import type { EncoderInfo, LayerRule } from '../core';
import { UserError } from './userError';

/** @throws UserError naming the layer rules that the encoder can follow, if this is not one of them */
export function requireLayer(info: EncoderInfo, layer: LayerRule): void {
  if (!info.layers.includes(layer)) throw refuseLayer(info, layer);
}

/** The layer rule to follow if none is requested. */
export function preferredLayer({ layers }: EncoderInfo): LayerRule {
  return layers.includes('mean4') ? 'mean4' : layers[0]!;
}

export function refuseLayer({ name, layers }: EncoderInfo, layer: LayerRule): UserError {
  return new UserError(
    `The encoder ${name} cannot follow the layer rule ${layer}.`,
    `It has ${layers.join(' and ')}: choose ${layers.length === 1 ? 'that' : 'one of them'}.`,
  );
}
