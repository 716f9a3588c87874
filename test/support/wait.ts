import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Looks again until the condition holds; mocha's own limit ends a wait that is in vain. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(20);
}

/** Does a process run? One that has ended but whose parent has not noticed does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  if (!existsSync('/proc/self/stat')) return true;
  try {
    // "pid (name) state ...": the name may hold anything, even a parenthesis.
    return !/\) [ZX] [^)]*$/.test(readFileSync(stat, 'utf8'));
  } catch {
    return false;
  }
}
