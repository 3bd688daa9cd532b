import type { SessionTimes } from '../stats/processing-stats.ts';

/** A checkpoint that was saved: when, by which session, and the pairs that it added. */
export interface Commit {
  readonly session_id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly pairs: number;
}

/** A run without its pauses: time counts only while a session was at work. */
export interface Timeline {
  readonly sessions: readonly TimelineSession[];
  readonly stages: Readonly<Record<string, readonly TimelinePoint[]>>;
  /** Seconds of work in all. */
  readonly seconds: number;
}

export interface TimelineSession {
  readonly session_id: string;
  readonly started_at: string;
  /** Of the timeline, in seconds of work. */
  readonly from: number;
  readonly to: number;
  readonly status: string;
  /** Seconds between the end of the session before and this one's start; `null` for the first. */
  readonly pause: number | null;
}

/** One checkpoint, or several in a row that were saved within a moment of the whole. */
export interface TimelinePoint {
  /** Seconds of work at the checkpoint before, or when the session began. */
  readonly from: number;
  /** Seconds of work. */
  readonly at: number;
  /** Pairs done so far, retries counted again. */
  readonly done: number;
  /** Pairs a second between the two. */
  readonly rate: number;
}

/** Moments that a timeline is divided into: what is shorter has no rate worth the name, and a chart shows no more. */
const MOMENTS = 80;

export function buildTimeline(
  sessions: readonly SessionTimes[],
  commits: Readonly<Record<string, readonly Commit[]>>,
): Timeline {
  const all = Object.values(commits).flat();
  const placed: (TimelineSession & { readonly startMs: number })[] = [];
  let [worked, endedMs]: [number, number | undefined] = [0, undefined];
  // What was begun again has no checkpoints any more, and its sessions are no part of this run.
  const first = sessions.findIndex(({ session_id }) => all.some((commit) => commit.session_id === session_id));
  for (const { session_id, started_at, seconds, status } of sessions.slice(Math.max(first, 0))) {
    const startMs = Date.parse(started_at);
    const lastMs = all.reduce(
      (last, commit) => (commit.session_id === session_id ? Math.max(last, commit.at) : last),
      0,
    );
    // A session that was killed is as long as its checkpoints say.
    const length = Math.max(seconds ?? 0, (lastMs - startMs) / 1000, 0);
    const pause = endedMs === undefined ? null : Math.max(0, (startMs - endedMs) / 1000);
    placed.push({ session_id, started_at, from: worked, to: worked + length, status, pause, startMs });
    worked += length;
    endedMs = startMs + length * 1000;
  }
  const stages = Object.entries(commits).map(
    ([stage, own]) => [stage, pointsOf(own, placed, worked / MOMENTS)] as const,
  );
  return {
    sessions: placed.map(({ startMs: _startMs, ...session }) => session),
    stages: Object.fromEntries(stages),
    seconds: worked,
  };
}

function pointsOf(
  commits: readonly Commit[],
  sessions: readonly (TimelineSession & { readonly startMs: number })[],
  moment: number,
): TimelinePoint[] {
  const points: TimelinePoint[] = [];
  let done = 0;
  for (const session of sessions) {
    const own = commits.filter(({ session_id }) => session_id === session.session_id).sort((a, b) => a.at - b.at);
    let [from, pairs] = [session.from, 0];
    for (const [position, commit] of own.entries()) {
      const at = Math.min(session.from + Math.max(0, commit.at - session.startMs) / 1000, session.to);
      done += commit.pairs;
      pairs += commit.pairs;
      if (at - from < moment && position < own.length - 1) continue;
      points.push({ from, at, done, rate: pairs / Math.max(at - from, moment, 1e-3) });
      [from, pairs] = [at, 0];
    }
  }
  return points;
}
