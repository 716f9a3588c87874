import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(__dirname, '..', '..');
const entry = path.join(root, 'dist', 'cli.js');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `glossight ARGS` on the bundle that `npm test` has just built. */
export function startCli(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [entry, ...args], { cwd: root });
}

/** Runs `glossight ARGS` to its end. */
export function cli(args: readonly string[], input?: string): Promise<CliResult> {
  return finished(startCli(args), input);
}

/** Runs a shell line in which `$CLI` is the command line. */
export function shell(line: string): Promise<CliResult> {
  const command = `"${process.execPath}" "${entry}"`;
  return finished(spawn('bash', ['-c', line.replaceAll('$CLI', command)], { cwd: root }));
}

export function finished(child: ChildProcess, input = ''): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  child.stdout!.setEncoding('utf8').on('data', (part: string) => (stdout += part));
  child.stderr!.setEncoding('utf8').on('data', (part: string) => (stderr += part));
  // A process that refuses its arguments does not wait for input.
  child.stdin!.on('error', () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
