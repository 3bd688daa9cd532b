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

export interface TimelinePoint {
  /** Seconds of work. */
  readonly at: number;
  /** Pairs done so far, retries counted again. */
  readonly done: number;
  /** Pairs a second since the checkpoint before, or since the session began. */
  readonly rate: number;
}

/** Points of a stage: a chart shows no more. */
const MAX_POINTS = 300;

export function buildTimeline(
  sessions: readonly SessionTimes[],
  commits: Readonly<Record<string, readonly Commit[]>>,
): Timeline {
  const all = Object.values(commits).flat();
  const placed: (TimelineSession & { readonly startMs: number })[] = [];
  let [worked, endedMs]: [number, number | undefined] = [0, undefined];
  for (const { session_id, started_at, seconds, status } of sessions) {
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
  const stages = Object.entries(commits).map(([stage, own]) => [stage, thinned(pointsOf(own, placed))] as const);
  return {
    sessions: placed.map(({ startMs: _startMs, ...session }) => session),
    stages: Object.fromEntries(stages),
    seconds: worked,
  };
}

function pointsOf(
  commits: readonly Commit[],
  sessions: readonly (TimelineSession & { readonly startMs: number })[],
): TimelinePoint[] {
  const points: TimelinePoint[] = [];
  let [done, before] = [0, { session: '', at: 0 }];
  for (const commit of [...commits].sort((a, b) => a.at - b.at)) {
    const session = sessions.find(({ session_id }) => session_id === commit.session_id);
    if (session === undefined) continue;
    const at = Math.min(session.from + Math.max(0, commit.at - session.startMs) / 1000, session.to);
    const since = before.session === commit.session_id ? before.at : session.from;
    done += commit.pairs;
    points.push({ at, done, rate: commit.pairs / Math.max(at - since, 1e-3) });
    before = { session: commit.session_id, at };
  }
  return points;
}

/** Joins neighbouring checkpoints of a long run; the rate of several is that of all their pairs over all their time. */
function thinned(points: readonly TimelinePoint[]): readonly TimelinePoint[] {
  const every = Math.ceil(points.length / MAX_POINTS);
  if (every <= 1) return points;
  return points.flatMap((point, at) => {
    if ((at + 1) % every !== 0 && at !== points.length - 1) return [];
    const first = points[at - (at % every) - 1];
    const seconds = point.at - (first?.at ?? 0);
    return [{ ...point, rate: (point.done - (first?.done ?? 0)) / Math.max(seconds, 1e-3) }];
  });
}
