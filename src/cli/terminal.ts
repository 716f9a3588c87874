import { ArtifactError, CancelledError } from '../core';
import { fileError } from '../node/files';
import { UserError } from '../engine';

/** Exit codes, as README lists them. */
export const EXIT = { ok: 0, failed: 1, usage: 2, internal: 70, cancelled: 130 } as const;

// Without a listener an error of a stream ends the whole process, instead of rejecting the write that is awaited.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** Writes to standard output, and waits while its buffer is full. @throws UserError when it cannot be written */
export async function print(text: string): Promise<void> {
  const { stdout } = process;
  await new Promise<void>((resolve, reject) => {
    stdout.write(text, (error) => (error ? reject(outputError(error)) : resolve()));
  });
}

function outputError(error: NodeJS.ErrnoException): Error {
  // EPIPE: the program that takes the output, such as `head`, has seen enough.
  return error.code === 'EPIPE' ? new CancelledError() : fileError(error, 'Standard output', 'written');
}

/** Prints texts one after another while the caller goes on; `done` waits for all, and throws the error of `print` if one failed. */
export function createPrinter(): {
  /** Aborted when a text could not be printed. */
  readonly failed: AbortSignal;
  add(text: string): void;
  done(): Promise<void>;
} {
  let printing = Promise.resolve();
  const failed = new AbortController();
  return {
    failed: failed.signal,
    add(text) {
      printing = printing.then(() => print(text));
      printing.catch(() => failed.abort());
    },
    done: () => printing,
  };
}

/** One line on the terminal that shows the progress of a long job; nothing if standard error is not a terminal. */
export function createProgress(): { show(text: string): void; clear(): void } {
  const { stderr } = process;
  let shown = '';
  let last = 0;
  const draw = (text: string): void => {
    if (stderr.isTTY) stderr.write(`\r\u001b[K${text}`);
    shown = text;
  };
  return {
    show(text) {
      const now = Date.now();
      if (!stderr.isTTY || now - last < 100) return;
      last = now;
      draw(text.slice(0, Math.max(20, stderr.columns - 1)));
    },
    clear() {
      if (shown !== '') draw('');
    },
  };
}

/** Aborted by Ctrl-C; a second Ctrl-C ends the process at once. */
export function cancelOnInterrupt(): AbortSignal {
  const interrupted = new AbortController();
  const interrupt = (): void => {
    if (interrupted.signal.aborted) process.exit(EXIT.cancelled);
    interrupted.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return interrupted.signal;
}

/** Prints an error, in one line if the user can mend it, and returns the exit code. */
export function report(error: unknown): number {
  if (error instanceof CancelledError) return EXIT.cancelled;
  if (error instanceof UserError || error instanceof ArtifactError) {
    process.stderr.write(`glossight: ${error.message}\n`);
    return EXIT.failed;
  }
  process.stderr.write(
    `glossight: internal error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return EXIT.internal;
}

/** Reads standard input to its end. @throws UserError when it cannot be read */
export async function readStandardInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    for await (const part of process.stdin) parts.push(part as Buffer);
  } catch (error) {
    throw fileError(error, 'Standard input', 'read');
  }
  return Buffer.concat(parts);
}
