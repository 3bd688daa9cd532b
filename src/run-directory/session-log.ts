import { constants } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { storageError } from '../checkpoint/storage-error.ts';
import { codeOf } from '../errors.ts';
import type { SessionTimes } from '../stats/processing-stats.ts';

/** A link in the place of the log is not followed, and a pipe does not hold the run up. */
const { O_RDONLY, O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
const APPEND = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK;
const READ = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

/** `20261121_221500`, in universal time. */
export function sessionIdAt(now: Date): string {
  return now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_');
}

/** The id of a session that begins now: two in one second, or after the clock was set back, do not share one. */
export function freshSessionId(sessions: readonly SessionTimes[], now: Date): string {
  const taken = new Set(sessions.map(({ session_id }) => session_id));
  const plain = sessionIdAt(now);
  let id = plain;
  for (let number = 2; taken.has(id); number++) id = `${plain}_${number}`;
  return id;
}

/**
 * The sessions of a run directory, one JSON line when a session begins and one when it ends. A session without an end was
 * killed. Only for people and statistics: nothing that a run decides depends on it.
 */
export class SessionLog {
  readonly #outputDir: string;
  readonly id: string;
  readonly #startedAtMs = performance.now();

  private constructor(outputDir: string, sessionId: string) {
    this.#outputDir = outputDir;
    this.id = sessionId;
  }

  /**
   * @param options - as `run.json` has them: what they were then is to be found later.
   * @throws StorageError where the log cannot be written: neither could the checkpoints beside it.
   */
  static async begin(
    outputDir: string,
    sessionId: string,
    options: Readonly<Record<string, unknown>> = {},
  ): Promise<SessionLog> {
    const log = new SessionLog(outputDir, sessionId);
    const before = await readLog(outputDir);
    // A line that was cut short by a kill or a full disk must not take the next one with it.
    const lead = before === '' || before.endsWith('\n') ? '' : '\n';
    await log.#append({ event: 'started', at: new Date().toISOString(), host: hostname(), options }, lead);
    return log;
  }

  async end(end: SessionEnd): Promise<void> {
    await this.#append({ event: 'ended', at: new Date().toISOString(), seconds: this.seconds, ...end });
  }

  get seconds(): number {
    return (performance.now() - this.#startedAtMs) / 1000;
  }

  /** All sessions so far, this one last. */
  async sessions(): Promise<readonly SessionTimes[]> {
    const sessions = await readSessions(this.#outputDir);
    return sessions.map((session) =>
      session.session_id === this.id && session.status === 'killed'
        ? { ...session, seconds: this.seconds, status: 'current' }
        : session,
    );
  }

  async #append(entry: object, lead = ''): Promise<void> {
    const file = logFile(this.#outputDir);
    try {
      await appendFile(file, `${lead}${JSON.stringify({ session_id: this.id, ...entry })}\n`, { flag: APPEND });
    } catch (error) {
      throw storageError('append to', file, error);
    }
  }
}

/** The sessions of a run directory in their order. A line that a kill cut short is passed over. */
export async function readSessions(outputDir: string): Promise<readonly SessionTimes[]> {
  const sessions = new Map<string, SessionTimes>();
  for (const entry of entriesOf(await readLog(outputDir))) {
    const known = sessions.get(entry.session_id);
    const started = known ?? { session_id: entry.session_id, started_at: entry.at, seconds: null, status: 'killed' };
    sessions.set(entry.session_id, entry.event === 'started' ? started : { ...started, ...endOf(entry) });
  }
  return [...sessions.values()];
}

/** Where a session was at work, and with which options; empty where a session of an earlier version did not say. */
export interface SessionStart {
  readonly session_id: string;
  readonly host: string | undefined;
  readonly options: Readonly<Record<string, unknown>> | undefined;
}

/** How every session of a run directory began, in their order. */
export async function readSessionStarts(outputDir: string): Promise<readonly SessionStart[]> {
  return entriesOf(await readLog(outputDir)).flatMap((entry) => {
    if (entry.event !== 'started') return [];
    const { session_id, host, options } = entry;
    const isObject = typeof options === 'object' && options !== null;
    return [
      { session_id, host: typeof host === 'string' ? host : undefined, options: isObject ? { ...options } : undefined },
    ];
  });
}

function logFile(outputDir: string): string {
  return join(outputDir, 'sessions.jsonl');
}

/** How a session ended, and what each stage did in it. */
export interface SessionEnd {
  readonly status: string;
  /** What ended it early: a signal, or the code of an error. */
  readonly reason: string | undefined;
  /** The message of the error. */
  readonly error: string | undefined;
  readonly stages: SessionTimes['stages'];
}

type Entry =
  | {
      readonly event: 'started';
      readonly session_id: string;
      readonly at: string;
      readonly host?: unknown;
      readonly options?: unknown;
    }
  | ({ readonly event: 'ended'; readonly session_id: string; readonly at: string } & EndOfTimes);

type EndOfTimes = Pick<SessionTimes, 'status' | 'reason' | 'error' | 'stages'> & { readonly seconds: number };

function endOf({ status, seconds, reason, error, stages }: EndOfTimes): EndOfTimes {
  return {
    status,
    seconds,
    ...(reason === undefined ? {} : { reason }),
    ...(error === undefined ? {} : { error }),
    ...(stages === undefined ? {} : { stages }),
  };
}

async function readLog(outputDir: string): Promise<string> {
  const file = logFile(outputDir);
  try {
    return await readFile(file, { encoding: 'utf8', flag: READ });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw storageError('read', file, error);
  }
}

function entriesOf(text: string): Entry[] {
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
