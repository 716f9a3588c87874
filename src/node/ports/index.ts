export { childPort, forkProcess, parentProcessPort } from './childProcess';
export { startedThreadPort, startThread } from './workerThread';
