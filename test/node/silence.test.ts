import assert from 'node:assert/strict';
import { type SilenceWatch, processorTimeOf, watchSilence } from '../../src/node/process/silence';

describe('watching whether a process still hears', () => {
  let time: number | undefined;
  let asked: number;
  let hung: number;
  let isStopped: boolean;
  let beat: () => void;
  let watch: SilenceWatch;
  const beats = (count: number, between: () => void = () => undefined): void => {
    for (let i = 0; i < count && !isStopped; i++) {
      between();
      beat();
    }
  };

  beforeEach(() => {
    time = 100;
    asked = hung = 0;
    isStopped = false;
    watch = watchSilence({
      ask: () => asked++,
      processorTime: () => time,
      onHung: () => hung++,
      everyBeat(onBeat) {
        beat = onBeat;
        return () => {
          isStopped = true;
        };
      },
    });
  });

  it('asks at every beat, and is content with every answer', () => {
    beats(1000, () => watch.heard());
    assert.deepEqual([asked, hung], [1000, 0]);
  });

  it('tells once of a process that is silent and at rest, at the fourth beat', () => {
    beats(3);
    assert.equal(hung, 0);
    beats(10);
    assert.deepEqual([asked, hung], [3, 1]);
  });

  it('takes no process that computes for one that hangs, until five minutes have passed', () => {
    const compute = (): void => {
      time! += 1;
    };
    beats(199, compute);
    assert.equal(hung, 0);
    watch.heard();
    beats(199, compute);
    assert.equal(hung, 0);
    beats(1, compute);
    assert.equal(hung, 1);
  });

  it('takes a process that computed and then stopped for one that hangs', () => {
    beats(50, () => {
      time! += 1;
    });
    beats(3);
    assert.equal(hung, 0);
    beats(1);
    assert.equal(hung, 1);
  });

  it('has the longer patience where the system does not tell what computes', () => {
    time = undefined;
    beats(199);
    assert.equal(hung, 0);
    beats(1);
    assert.equal(hung, 1);
  });

  it('knows what this process has computed', function () {
    if (process.platform !== 'linux') this.skip();
    const before = processorTimeOf(process.pid)!;
    while (processorTimeOf(process.pid) === before);
    assert.ok(processorTimeOf(process.pid)! > before);
    // 0 is no process of its own.
    assert.equal(processorTimeOf(0), undefined);
  });
});
