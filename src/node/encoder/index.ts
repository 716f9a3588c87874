export { openEncoderFolder } from './encoderFolder';
export type { LoadedEmbedder } from './hubEncoder';
export { loadEncoder } from './loadEncoder';
export { createThreadedEncoder } from './threadedEncoder';
