export { createForkedEngine, EncoderEndedError, EncoderKeepsEndingError } from './forkedEngine';
export type { EncoderProcessSettings } from './settings';
export { encoderThreads } from './threadCount';
