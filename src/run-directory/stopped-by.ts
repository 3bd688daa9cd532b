import type { SessionTimes } from '../stats/processing-stats.ts';

/** What ended a session before its time, in words; `undefined` where nothing did, or there was none. */
export function stoppedBy(session: SessionTimes | undefined): string | undefined {
  switch (session?.status) {
    case 'killed':
      return 'SIGKILL, a crash or a power cut';
    case 'interrupted':
      return session.reason ?? 'the user';
    case 'failed':
      return `error ${session.reason ?? 'unexpected'}${session.error === undefined ? '' : `: ${session.error}`}`;
    default:
      return undefined;
  }
}
