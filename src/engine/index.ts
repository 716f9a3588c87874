export type { NeighbourGraph } from './answers';
export type { DocumentListener, OpenDocument } from './documents';
export { createEngine, type Engine } from './engine';
export { errorOf, failureOf } from './failures';
export { drawNeighbourGraph } from './graph';
export { preferredLayer, refuseLayer, requireLayer } from './layerRules';
export { createHubTokenizer, type TokenizerJson } from './tokenizers/hubTokenizer';
export { readWhole } from './readWhole';
export { UserError } from './userError';
