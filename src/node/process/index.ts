export { cleanEnvironment } from './cleanEnvironment';
export { createForkedEngine, EncoderEndedError } from './forkedEngine';
export { type ModelPlaces, openModel } from './openModel';
export { encoderThreads } from './threadCount';
