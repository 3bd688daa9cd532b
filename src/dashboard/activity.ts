import type { Timeline } from '../report/timeline.ts';
import type { SaveMetrics } from '../run-directory/metrics-log.ts';
import type { StageName } from '../run-directory/run-files.ts';
import type { ActivityPoint } from './wire.ts';

/** What a chart shows of a stage; more saves than that are summed. */
const MOMENTS = 120;

/** What each stage did with its time, along a timeline. */
export function activityOf(
  saves: readonly SaveMetrics[],
  timeline: Timeline,
): Readonly<Record<StageName, readonly ActivityPoint[]>> {
  return { midi: pointsOf('midi', saves, timeline), text: pointsOf('text', saves, timeline) };
}

function pointsOf(stage: StageName, saves: readonly SaveMetrics[], { sessions, seconds }: Timeline): ActivityPoint[] {
  const moment = seconds / MOMENTS;
  const points: ActivityPoint[] = [];
  for (const { session_id, started_at, from, to } of sessions) {
    const startMs = Date.parse(started_at);
    let sum = { from, seconds: 0, forWork: 0, forSaves: 0 };
    for (const save of saves) {
      if (save.stage !== stage || save.session_id !== session_id) continue;
      const at = Math.min(from + Math.max(0, Date.parse(save.at) - startMs) / 1000, to);
      sum = {
        from: sum.from,
        seconds: sum.seconds + save.seconds,
        forWork: sum.forWork + save.waited_for_work_s,
        forSaves: sum.forSaves + save.waited_for_saves_s,
      };
      if (at - sum.from < moment) continue;
      const whole = Math.max(sum.seconds, 1e-3);
      points.push({
        from: sum.from,
        at,
        waited_for_work: Math.min(sum.forWork / whole, 1),
        waited_for_saves: Math.min(sum.forSaves / whole, 1),
        rss_bytes: save.rss_bytes,
      });
      sum = { from: at, seconds: 0, forWork: 0, forSaves: 0 };
    }
  }
  return points;
}
