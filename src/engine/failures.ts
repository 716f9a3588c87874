import { ArtifactError, CancelledError } from '../core';
import type { Failure } from '../protocol/encoder';
import { UserError } from './userError';

/** An error as plain data, to send to another process. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CancelledError) return { kind: 'cancelled', message };
  return {
    kind: error instanceof UserError || error instanceof ArtifactError ? 'user' : 'internal',
    message,
  };
}

export function errorOf({ kind, message }: Failure): Error {
  if (kind === 'cancelled') return new CancelledError();
  return kind === 'user' ? new UserError(message, '') : new Error(message);
}
