import { readFileSync } from 'node:fs';

/** A process is asked for a sign of life this often: seldom enough to cost nothing, often enough for the times below. */
const BEAT_MS = 1_500;
/** A process that said nothing for so many beats, and computed nothing either, hangs. */
const BEATS_AT_REST = 4;
/**
 * One that computes hears nothing meanwhile, which a single paragraph of 5 MB takes 7 s for: only after so many beats, five minutes,
 * is it taken for one that will never hear again. So is any process where the system does not tell whether it computes.
 */
const MOST_BEATS = 200;

export interface Watched {
  /** Asks for a sign of life. */
  readonly ask: () => void;
  /** Processor time that was used so far, in whatever unit; `undefined` where it is not known. */
  readonly processorTime: () => number | undefined;
  readonly onHung: () => void;
  /** Calls back regularly until it is told to stop. */
  readonly everyBeat?: (beat: () => void) => () => void;
}

/** Watches whether a process still hears. */
export interface SilenceWatch {
  /** The process said something. */
  heard(): void;
  stop(): void;
}

/**
 * Tells once when a process hangs. What is counted are beats of a timer here, not the time that passed: a machine that sleeps, or a
 * clock that is set, is one beat at most.
 */
export function watchSilence({ ask, processorTime, onHung, everyBeat = regularly }: Watched): SilenceWatch {
  let silent = 0;
  let atRest = 0;
  let used = processorTime();
  const stop = everyBeat(() => {
    const now = processorTime();
    atRest = now !== undefined && now === used ? atRest + 1 : 0;
    used = now;
    silent++;
    if (Math.min(silent, atRest) >= BEATS_AT_REST || silent >= MOST_BEATS) {
      stop();
      onHung();
    } else ask();
  });
  return {
    heard() {
      silent = 0;
    },
    stop,
  };
}

function regularly(beat: () => void): () => void {
  const timer = setInterval(beat, BEAT_MS).unref();
  return () => clearInterval(timer);
}

/** What a process has used of all processors, in the system's ticks; known on Linux only. */
export function processorTimeOf(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in brackets and may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return undefined;
  }
}
