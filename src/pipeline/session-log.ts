import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../errors.ts';
import type { SessionTimes } from '../stats/processing-stats.ts';

/** `20261121_221500`, in universal time. */
export function sessionIdAt(now: Date): string {
  return now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_');
}

/**
 * The sessions of a run directory, one JSON line when a session begins and one when it ends. A session without an end was
 * killed. Only for people and statistics: nothing that a run decides depends on it.
 */
export class SessionLog {
  readonly #outputDir: string;
  readonly #sessionId: string;
  readonly #startedAtMs = performance.now();

  private constructor(outputDir: string, sessionId: string) {
    this.#outputDir = outputDir;
    this.#sessionId = sessionId;
  }

  static async begin(outputDir: string, sessionId: string): Promise<SessionLog> {
    const log = new SessionLog(outputDir, sessionId);
    await log.#append({ event: 'started', at: new Date().toISOString() });
    return log;
  }

  async end(status: string): Promise<void> {
    await this.#append({ event: 'ended', at: new Date().toISOString(), status, seconds: this.seconds });
  }

  get seconds(): number {
    return (performance.now() - this.#startedAtMs) / 1000;
  }

  /** All sessions so far, this one last. */
  async sessions(): Promise<readonly SessionTimes[]> {
    const sessions = await readSessions(this.#outputDir);
    return sessions.map((session) =>
      session.session_id === this.#sessionId && session.status === 'killed'
        ? { ...session, seconds: this.seconds, status: 'current' }
        : session,
    );
  }

  #append(entry: object): Promise<void> {
    return appendFile(logFile(this.#outputDir), `${JSON.stringify({ session_id: this.#sessionId, ...entry })}\n`);
  }
}

/** The sessions of a run directory in their order. A line that a kill cut short is passed over. */
export async function readSessions(outputDir: string): Promise<readonly SessionTimes[]> {
  const sessions = new Map<string, SessionTimes>();
  for (const entry of await readEntries(logFile(outputDir))) {
    const known = sessions.get(entry.session_id);
    const started = known ?? { session_id: entry.session_id, started_at: entry.at, seconds: null, status: 'killed' };
    sessions.set(
      entry.session_id,
      entry.event === 'started' ? started : { ...started, seconds: entry.seconds, status: entry.status },
    );
  }
  return [...sessions.values()];
}

function logFile(outputDir: string): string {
  return join(outputDir, 'sessions.jsonl');
}

type Entry =
  | { readonly event: 'started'; readonly session_id: string; readonly at: string }
  | {
      readonly event: 'ended';
      readonly session_id: string;
      readonly at: string;
      readonly status: string;
      readonly seconds: number;
    };

async function readEntries(file: string): Promise<Entry[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return isEntry(value) ? [value] : [];
    } catch {
      // Cut short by a kill or a full disk.
      return [];
    }
  });
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const entry: { session_id?: unknown; at?: unknown; event?: unknown; status?: unknown; seconds?: unknown } = value;
  if (typeof entry.session_id !== 'string' || typeof entry.at !== 'string') return false;
  if (entry.event === 'started') return true;
  return entry.event === 'ended' && typeof entry.status === 'string' && typeof entry.seconds === 'number';
}
