/** What the extension uses of this folder: nothing here loads the encoder, which stays in its own process. */
export * from './dataFiles';
export type { DocumentListener, OpenDocument } from './documentReader';
export * from './forkedIndexBuild';
export * from './forkedReader';
export * from './glossary';
export * from './hubDownload';
export type { Reader } from './reader';
export type { AnsweredUse, Answers, QuestionKind, Questions, TaggedExample } from '../protocol/questions';
export type { Teaching, VectorCacheSettings } from '../protocol/encoder';
export type { DescribedEncoder, IndexBuildStep } from '../protocol/indexBuild';
export * from './projectFolder';
export * from './sensesFile';
export * from './sharedFile';
export * from './threadCount';
export * from './userError';
export { clearVectorCache } from './vectorCache';
