import type { SessionTimes } from '../stats/processing-stats.ts';
import { readMetrics, type SaveMetrics } from './metrics-log.ts';
import type { TaskReading } from './read-task.ts';
import { readSessions } from './session-log.ts';

/** How a run went, for statistics and report. */
export interface RunHistory {
  sessions(): Promise<readonly SessionTimes[]>;
  saves(): Promise<readonly SaveMetrics[]>;
}

/** The sessions of all tasks, each called by its task, and then those of the run itself. */
export function historyOfTasks(tasks: readonly TaskReading[], own: () => Promise<readonly SessionTimes[]>): RunHistory {
  return {
    async sessions() {
      const sessions: SessionTimes[] = [];
      for (const { name, files } of tasks) {
        for (const session of await readSessions(files.directory)) {
          sessions.push({ ...session, session_id: sessionOf(name, session) });
        }
      }
      return [...sessions, ...(await own())];
    },
    async saves() {
      const saves: SaveMetrics[] = [];
      for (const { name, files } of tasks) {
        const latest = new Map<string, SaveMetrics>();
        for (const save of await readMetrics(files.directory)) {
          const session_id = sessionOf(name, save);
          const key = `${session_id} ${save.stage}`;
          latest.set(key, { ...save, session_id, pairs: save.pairs + (latest.get(key)?.pairs ?? 0) });
        }
        saves.push(...latest.values());
      }
      return saves;
    },
  };
}

function sessionOf(task: string, { session_id }: { readonly session_id: string }): string {
  return `${task}/${session_id}`;
}
