import { codeOf, messageOf } from '../../errors.ts';
import type { SessionEnd } from '../../run-directory/session-log.ts';
import type { RunResult } from '../run-result.ts';
import type { OpenedRun } from './open-run.ts';

/** Does the work of a session, lets the second place get the rest (`settle`), and notes in the session log how it ended. */
export async function inSession(
  { session, context }: Pick<OpenedRun, 'session' | 'context'>,
  work: () => Promise<RunResult>,
  settle: () => Promise<unknown> = async () => {},
): Promise<RunResult> {
  let end: SessionEnd = { status: 'failed', reason: undefined, error: undefined, stages: undefined };
  try {
    const result = await work();
    context.lost?.throwIfAborted();
    end = endOf(result, context.signal);
    return result;
  } catch (error) {
    end = { ...end, reason: codeOf(error) ?? 'unexpected', error: messageOf(error) };
    throw error;
  } finally {
    await settle();
    // On a full disk the log is the least of the losses; a directory that is another run's now is left alone.
    if (!context.lost?.aborted) await session.end(end).catch(() => {});
  }
}

function endOf({ status, stages }: RunResult, signal: AbortSignal): SessionEnd {
  return {
    status,
    reason: status === 'interrupted' ? messageOf(signal.reason) : undefined,
    error: undefined,
    stages: {
      midi: { done: stages.midi.doneNow, seconds: stages.midi.seconds },
      text: { done: stages.text.doneNow, seconds: stages.text.seconds },
    },
  };
}
