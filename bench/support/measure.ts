/** The time that one repetition took. */
export interface Sample {
  readonly seconds: number;
  /** Processor time of this process, which other programs on the machine hardly change. */
  readonly cpuSeconds: number;
}

/**
 * Runs all candidates in turn, in several rounds, so that other load on the machine slows them down alike.
 * The first round only warms caches and is not counted.
 */
export async function sideBySide<Name extends string>(
  repetitions: number,
  candidates: Readonly<Record<Name, () => unknown>>,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(candidates) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Sample[]>;
  for (let round = 0; round <= repetitions; round++) {
    for (const name of names) {
      console.error(`${name}: ${round === 0 ? 'warming up' : `${round} of ${repetitions}`}`);
      const sample = await timed(candidates[name]);
      if (round > 0) samples[name].push(sample);
    }
  }
  return samples;
}

export async function timed(action: () => unknown): Promise<Sample> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await action();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Cells of a table: median, lowest and highest rate per second, and median rate per second of processor time. */
export function rateCells(amount: number, samples: readonly Sample[]): string[] {
  const rates = samples.map(({ seconds }) => amount / seconds);
  const cpuRates = samples.map(({ cpuSeconds }) => amount / cpuSeconds);
  return [
    count(median(rates)),
    `${count(Math.min(...rates))}–${count(Math.max(...rates))}`,
    count(median(cpuRates)),
  ];
}

export const RATE_HEADER = ['a second', 'least–most', 'a CPU second'];

/** Three significant figures: the rest is noise. */
export function count(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-GB');
}
