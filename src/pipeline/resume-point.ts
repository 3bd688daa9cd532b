import type { StageStore } from '../checkpoint/stage-store.ts';
import { tallyPairs } from '../run-directory/pair-tally.ts';
import { stoppedBy } from '../run-directory/stopped-by.ts';
import type { SessionTimes } from '../stats/processing-stats.ts';

/** What was there when the run began. */
export interface ResumePoint {
  /** Pairs that the stage had done. */
  readonly midi: number;
  readonly text: number;
  /** Pairs that have failed in at least one stage; counted as in the summary. */
  readonly failed: number;
  /** That the earlier sessions worked on them; the stages work at the same time. */
  readonly seconds: number;
  /** When a checkpoint was saved last, ISO 8601; `undefined` where nothing was. */
  readonly savedAt: string | undefined;
  /** What ended the session before, in words; `undefined` where it came to its end. */
  readonly stoppedBy: string | undefined;
}

export function resumePoint(midi: StageStore, text: StageStore, lastSession: SessionTimes | undefined): ResumePoint {
  const begun = [midi.saved, text.saved].filter(({ status }) => status !== 'not_started');
  return {
    midi: midi.lastIndex + 1 - midi.firstIndex,
    text: text.lastIndex + 1 - text.firstIndex,
    failed: tallyPairs({ midi, text }).failed,
    seconds: Math.max(0, ...begun.map(({ batch_info }) => batch_info.processing_time)),
    savedAt: begun
      .map(({ timestamp }) => timestamp)
      .sort()
      .at(-1),
    stoppedBy: stoppedBy(lastSession),
  };
}
