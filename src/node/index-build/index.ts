export { runIndexProcess } from './forkedIndexBuild';
export { buildSenseIndex } from './indexBuilder';
