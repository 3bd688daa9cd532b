import { codeOf, messageOf } from '../errors.ts';
import type { SessionTimes } from '../stats/processing-stats.ts';
import type { OpenedRun } from './open-stages.ts';
import type { RunResult } from './run-result.ts';

/** Does the work of a session, lets the second place get the rest, and notes in the session log how it ended. */
export async function inSession(opened: OpenedRun, work: () => Promise<RunResult>): Promise<RunResult> {
  const { session, context, midi, text } = opened;
  let end: SessionEnd = { status: 'failed', reason: undefined, stages: undefined };
  try {
    const result = await work();
    context.lost?.throwIfAborted();
    end = endOf(result, context.signal);
    return result;
  } catch (error) {
    end = { ...end, reason: codeOf(error) ?? 'unexpected' };
    throw error;
  } finally {
    await Promise.all([midi.settleCopy(), text.settleCopy()]);
    // On a full disk the log is the least of the losses; a directory that is another run's now is left alone.
    if (!context.lost?.aborted) await session.end(end.status, end.reason, end.stages).catch(() => {});
  }
}

/** What ended the session before, in words; `undefined` where nothing did, or there was none. */
export function stoppedBy(session: SessionTimes | undefined): string | undefined {
  switch (session?.status) {
    case 'killed':
      return 'SIGKILL, a crash or a power cut';
    case 'interrupted':
      return session.reason ?? 'the user';
    case 'failed':
      return `error ${session.reason ?? 'unexpected'}`;
    default:
      return undefined;
  }
}

interface SessionEnd {
  readonly status: string;
  readonly reason: string | undefined;
  readonly stages: SessionTimes['stages'];
}

function endOf({ status, stages }: RunResult, signal: AbortSignal): SessionEnd {
  return {
    status,
    reason: status === 'interrupted' ? messageOf(signal.reason) : undefined,
    stages: {
      midi: { done: stages.midi.doneNow, seconds: stages.midi.seconds },
      text: { done: stages.text.doneNow, seconds: stages.text.seconds },
    },
  };
}
