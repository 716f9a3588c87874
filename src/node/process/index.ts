export { createForkedEngine, EncoderEndedError } from './forkedEngine';
export type { EncoderProcessSettings } from './settings';
export { encoderThreads } from './threadCount';
