import { describe, expect, it } from 'vitest';
import { StageMeter } from '../../src/pipeline/work/stage-meter.ts';

describe('the progress of a stage', () => {
  it('never counts more pairs than there are, also where failed ones are tried again', () => {
    const meter = new StageMeter(23, { done: 20, failed: 2, seconds: 0 });
    meter.add({ pairs: 3, failed: 0 });
    meter.saved(3);
    expect(meter.progress()).toMatchObject({ done: 23, saved: 23, total: 23, failed: 2, secondsLeft: undefined });
    meter.again({ pairs: 2, failed: 2 });
    expect(meter.progress()).toMatchObject({ done: 21, saved: 21, total: 23, failed: 0 });
    expect(meter.progress().secondsLeft).toBeGreaterThan(0);
    meter.add({ pairs: 2, failed: 1 });
    meter.saved(2);
    expect(meter.progress()).toMatchObject({ done: 23, saved: 23, total: 23, failed: 1, secondsLeft: undefined });
  });

  it('leaves alone what a retry of an unfinished run does not do', () => {
    const meter = new StageMeter(100, { done: 10, failed: 4, seconds: 0 }, 0);
    meter.again({ pairs: 4, failed: 4 });
    meter.add({ pairs: 4, failed: 0 });
    meter.saved(4);
    expect(meter.progress()).toMatchObject({ done: 10, saved: 10, total: 100, failed: 0, secondsLeft: undefined });
  });
});
