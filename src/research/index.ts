export { type DiscourseScores, scoreDiscourse } from './discourse';
export {
  evaluate,
  type EvaluationOptions,
  heldOutDocuments,
  type HeldOutHalf,
  heldOutHalf,
  readDocuments,
} from './evaluation';
export { readDiscourse } from './readDiscourse';
export { score, type Scores } from './score';
export { type WicFiles, wicTrainingBeside } from './wicFiles';
export { runWicTask, type WicResult } from './wicTask';
