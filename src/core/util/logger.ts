import type { Logger } from '../ports';

const ignore = (): void => undefined;

/** For callers who have nobody to tell: scripts, benchmarks, tests. */
export const silentLogger: Logger = { trace: ignore, info: ignore, warn: ignore, error: ignore };
