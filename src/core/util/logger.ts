import type { Logger } from '../ports';

const ignore = (): void => undefined;

/** A logger that drops everything, for scripts, benchmarks and tests. */
export const silentLogger: Logger = { trace: ignore, info: ignore, warn: ignore, error: ignore };
