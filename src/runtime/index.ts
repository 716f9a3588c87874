/** What the command line and the extension use of this folder. */
export * from './corpusFiles';
export * from './dataFiles';
export * from './documentReader';
export * from './evaluation';
export * from './files';
export * from './forkedReader';
export * from './indexBuilder';
export * from './npyFile';
export * from './layerRules';
export * from './loadEncoder';
export * from './onnxEncoder';
export * from './reader';
export * from './textFiles';
export * from './threadCount';
export * from './threadedEncoder';
export * from './userError';
export * from './vectorCache';
