export { type ConsistencyScores, scoreConsistency } from './consistencyScores';
export {
  evaluate,
  type EvaluationOptions,
  heldOutDocuments,
  type HeldOutHalf,
  heldOutHalf,
  readDocuments,
} from './evaluation';
export { readScoredDocuments } from './readScoredDocuments';
export { score, type Scores } from './score';
export { type WicFiles, wicTrainingBeside } from './wicFiles';
export { runWicTask, type WicResult } from './wicTask';
