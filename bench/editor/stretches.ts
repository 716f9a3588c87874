import { Session, type Profiler } from 'node:inspector/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Stretch } from './messages';

/** Between two samples of the profile, in microseconds. */
const SAMPLE_US = 1000;
const SHOWN = 5;

/** `process.threadCpuUsage` of Node 23.9 and later: the host's Node has it, the installed types do not. */
type ThreadCpuUsage = (previous?: NodeJS.CpuUsage) => NodeJS.CpuUsage;

interface Turn {
  readonly end: number;
  /** Processor time of this thread since the turn before, in milliseconds. */
  readonly cpu: number;
}

export interface StretchWatch {
  stop(): Promise<{ stretches: Stretch[]; longestCollection: number }>;
}

/**
 * Watches how long Glossight's code holds the extension host's thread. A profile says when one of its functions was running; a
 * timer that reads the thread's clock at each turn says how much processor time that took, without the time in which other
 * processes had stopped the thread.
 * @param script end of the script address by which Glossight's functions are recognised
 */
export async function watchStretches(script: string): Promise<StretchWatch> {
  const threadCpuUsage = (process as unknown as { threadCpuUsage?: ThreadCpuUsage }).threadCpuUsage;
  if (!threadCpuUsage) throw new Error('This Node cannot tell the processor time of a thread.');
  const cpuTime = (): number => {
    const { user, system } = threadCpuUsage.call(process);
    return (user + system) / 1000;
  };
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US });
  await session.post('Profiler.start');
  const turns: Turn[] = [];
  let running = true as boolean;
  const loop = (async () => {
    for (let last = cpuTime(); running;) {
      await delay(0);
      const now = cpuTime();
      turns.push({ end: monotonicMicroseconds(), cpu: now - last });
      last = now;
    }
  })();
  return {
    async stop() {
      running = false;
      await loop;
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      return summarise(profile, turns, script);
    },
  };
}

/** Time in microseconds, on the clock of the profile's timestamps. */
function monotonicMicroseconds(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

function summarise(
  profile: Profiler.Profile,
  turns: readonly Turn[],
  script: string,
): { stretches: Stretch[]; longestCollection: number } {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children }) => (children ?? []).map((child) => [child, id])),
  );
  /** The outermost of Glossight's functions on the stack, if there is one. */
  const ours = (id: number | undefined): string | undefined => {
    let found: string | undefined;
    for (let at = id; at !== undefined; at = parents.get(at)) {
      const { callFrame } = nodes.get(at)!;
      if (callFrame.url.endsWith(script)) found = callFrame.functionName || '(anonymous)';
    }
    return found;
  };
  const names = new Map(profile.nodes.map(({ id }) => [id, ours(id)]));
  const stretches: Stretch[] = [];
  let longestCollection = 0;
  let collecting = 0;
  let turn = 0;
  let [all, inside] = [0, 0];
  let counts = new Map<string, number>();
  const close = (): void => {
    const { cpu } = turns[turn]!;
    if (inside > 0) {
      const [where] = [...counts].sort(([, a], [, b]) => b - a)[0]!;
      stretches.push({ milliseconds: (cpu * inside) / all, where });
    }
    [all, inside] = [0, 0];
    counts = new Map();
    turn++;
  };
  let time = profile.startTime;
  profile.samples!.forEach((id, i) => {
    const took = profile.timeDeltas![i]!;
    time += took;
    while (turn < turns.length && time > turns[turn]!.end) close();
    if (turn >= turns.length) return;
    const { functionName } = nodes.get(id)!.callFrame;
    if (functionName === '(idle)') return;
    if (functionName === '(garbage collector)') {
      collecting += took / 1000;
      longestCollection = Math.max(longestCollection, collecting);
      all += took;
      return;
    }
    collecting = 0;
    all += took;
    const name = names.get(id);
    if (name === undefined) return;
    inside += took;
    counts.set(name, (counts.get(name) ?? 0) + took);
  });
  stretches.sort((a, b) => b.milliseconds - a.milliseconds);
  return { stretches: stretches.slice(0, SHOWN), longestCollection };
}
