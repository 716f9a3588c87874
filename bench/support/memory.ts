import { readdirSync, readFileSync } from 'node:fs';

/** Watches the memory of a process and its children (proportional set size); on Linux only. */
export function watchMemory(pid: () => number | undefined): { stop(): number | undefined } {
  let most: number | undefined;
  const look = (): void => {
    const root = pid();
    if (root === undefined || process.platform !== 'linux') return;
    const bytes = treeOf(root).reduce((sum, process) => sum + proportionalSize(process), 0);
    if (bytes > 0) most = Math.max(most ?? 0, bytes);
  };
  const timer = setInterval(look, 500);
  return {
    stop() {
      clearInterval(timer);
      return most;
    },
  };
}

function treeOf(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      // The name of the command may have spaces and brackets; the other fields follow its last bracket.
      const stat = readOrEmpty(`/proc/${name}/stat`);
      return { pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) };
    });
  const tree = [root];
  for (const process of tree)
    tree.push(...parents.filter(({ parent }) => parent === process).map(({ pid }) => pid));
  return tree;
}

function proportionalSize(pid: number): number {
  const [, kilobytes] = /^Pss:\s+(\d+) kB/m.exec(readOrEmpty(`/proc/${pid}/smaps_rollup`)) ?? [];
  return Number(kilobytes ?? 0) * 1024;
}

/** Reads a file, or nothing: a process may end after it was listed. */
function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
