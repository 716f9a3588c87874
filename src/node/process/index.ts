export { cleanEnvironment } from './cleanEnvironment';
export { createForkedEngine, EncoderEndedError } from './forkedEngine';
export { encoderThreads } from './threadCount';
