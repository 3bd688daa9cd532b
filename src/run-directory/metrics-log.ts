import { constants } from 'node:fs';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, messageOf } from '../errors.ts';
import type { StageName } from './run-files.ts';

/** What is noted at each save of a stage. A line that stands for several saves has the sums and the last state. */
export interface SaveMetrics {
  readonly session_id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly stage: StageName;
  /** Pairs with a record, failures included, and of how many. */
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** Pairs that this save added, retries counted again. */
  readonly pairs: number;
  /** Since the save before, or the start of the session. */
  readonly seconds: number;
  /** Of these, in which the stage waited for its workers, and in which it stood still because a save had not ended. */
  readonly waited_for_work_s: number;
  readonly waited_for_saves_s: number;
  /** Memory of the main process with its worker threads. */
  readonly rss_bytes: number;
  /** Of the stage's segments, all in all. */
  readonly segment_bytes: number;
}

export const METRICS_FILE = 'metrics.jsonl';
/** Some ten thousand lines; then pairs of lines become one. */
const MAX_BYTES = 4 * 2 ** 20;
/** A link in the place of the file is not followed, and a pipe does not hold the run up. */
const APPEND =
  constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Notes how a run goes, for the report and for people who look on. What cannot be noted is lost, never the run. */
export class MetricsLog {
  readonly #file: string;
  readonly #notice: (message: string) => void;
  #writing: Promise<void> = Promise.resolve();
  #isLost = false;

  readonly #maxBytes: number;
  #isFirst = true;

  constructor(outputDir: string, notice: (message: string) => void, maxBytes = MAX_BYTES) {
    this.#file = join(outputDir, METRICS_FILE);
    this.#notice = notice;
    this.#maxBytes = maxBytes;
  }

  /** Returns at once; lines are written in the order of the calls. */
  add(metrics: SaveMetrics): void {
    this.#writing = this.#writing.then(() => this.#append(metrics));
  }

  /** Returns when everything is written. */
  settled(): Promise<void> {
    return this.#writing;
  }

  async #append(metrics: SaveMetrics): Promise<void> {
    if (this.#isLost) return;
    try {
      const handle = await open(this.#file, APPEND, 0o600);
      let size: number;
      try {
        // A line that a kill cut short must not take this one with it; an empty one does no harm.
        const lead = this.#isFirst && (await handle.stat()).size > 0 ? '\n' : '';
        this.#isFirst = false;
        await handle.appendFile(`${lead}${JSON.stringify(metrics)}\n`);
        ({ size } = await handle.stat());
      } finally {
        await handle.close();
      }
      if (size > this.#maxBytes) await this.#thin();
    } catch (error) {
      this.#isLost = true;
      this.#notice(`${this.#file} cannot be kept up, the run goes on without: ${messageOf(error)}`);
    }
  }

  async #thin(): Promise<void> {
    const lines = thinned(await readFile(this.#file, { encoding: 'utf8', flag: READ }).then(metricsOf));
    const temporary = `${this.#file}.tmp`;
    await rm(temporary, { force: true });
    await writeFile(temporary, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), {
      flag: 'wx',
      mode: 0o600,
    });
    await rename(temporary, this.#file);
  }
}

/**
 * The saves of a run in their order; of a stage that was begun again only those since. Empty where there is no file, or
 * none that can be read.
 */
export async function readMetrics(outputDir: string): Promise<readonly SaveMetrics[]> {
  let text: string;
  try {
    text = await readFile(join(outputDir, METRICS_FILE), { encoding: 'utf8', flag: READ });
  } catch (error) {
    if (codeOf(error) !== undefined) return [];
    throw error;
  }
  return sinceBegun(metricsOf(text));
}

/** Of a stage that was begun again only what came since. */
export function sinceBegun(entries: readonly SaveMetrics[]): readonly SaveMetrics[] {
  const isFirst = ({ done, pairs }: SaveMetrics): boolean => done === pairs;
  const starts = new Map(entries.flatMap((entry, at) => (isFirst(entry) ? [[entry.stage, at] as const] : [])));
  return entries.filter(({ stage }, at) => at >= (starts.get(stage) ?? 0));
}

/** Every two lines that follow each other in a stage and a session become one. */
export function thinned(entries: readonly SaveMetrics[]): readonly SaveMetrics[] {
  const kept: SaveMetrics[] = [];
  const open = new Map<StageName, number>();
  for (const entry of entries) {
    const at = open.get(entry.stage);
    const before = at === undefined ? undefined : kept[at];
    if (at === undefined || before?.session_id !== entry.session_id || entry.done < before.done + entry.pairs) {
      open.set(entry.stage, kept.push(entry) - 1);
      continue;
    }
    kept[at] = {
      ...entry,
      pairs: before.pairs + entry.pairs,
      seconds: before.seconds + entry.seconds,
      waited_for_work_s: before.waited_for_work_s + entry.waited_for_work_s,
      waited_for_saves_s: before.waited_for_saves_s + entry.waited_for_saves_s,
    };
    open.delete(entry.stage);
  }
  return kept;
}

/** What lines of the file say; one that was cut short says nothing. */
export function metricsOf(text: string): readonly SaveMetrics[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    try {
      const value: unknown = JSON.parse(line);
      return isSaveMetrics(value) ? [value] : [];
    } catch {
      // Cut short by a kill or a full disk.
      return [];
    }
  });
}

const NUMBERS = [
  'done',
  'total',
  'failed',
  'pairs',
  'seconds',
  'waited_for_work_s',
  'waited_for_saves_s',
  'rss_bytes',
  'segment_bytes',
] as const satisfies readonly (keyof SaveMetrics)[];

function isSaveMetrics(value: unknown): value is SaveMetrics {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Partial<Record<string, unknown>> = { ...value };
  return (
    typeof fields.session_id === 'string' &&
    typeof fields.at === 'string' &&
    !Number.isNaN(Date.parse(fields.at)) &&
    (fields.stage === 'midi' || fields.stage === 'text') &&
    NUMBERS.every((name) => Number.isFinite(fields[name]))
  );
}
