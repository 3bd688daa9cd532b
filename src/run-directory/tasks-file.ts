import { join } from 'node:path';
import { writeDurably } from '../checkpoint/durable-replace.ts';
import { Fields } from '../checkpoint/fields.ts';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import type { JsonObject } from '../checkpoint/json.ts';
import { readWhole } from '../checkpoint/read-file.ts';
import { type Fingerprint, fingerprintOf } from '../config/fingerprint.ts';
import { ownPackage } from '../config/own-package.ts';
import { CheckpointError, messageOf } from '../errors.ts';
import type { PlanPart } from '../manifest/plan-part.ts';
import { parsePlanPart, planPartJson } from './plan-part-json.ts';
import { STAGES, type StageName } from './run-files.ts';

const FORMAT = 'midiloom-tasks';
const VERSION = 1;

/** What the tasks of a run have agreed on: the content of `tasks.json`, which is written once. */
export interface Tasks {
  /** The version that made it. */
  readonly midiloom: string;
  readonly manifest: {
    readonly pairs: number;
    readonly hash: string;
    /** Of a file, its size; `null` for a folder. */
    readonly sizeBytes: number | null;
  };
  /** Every option that decides the data set, in snake_case. */
  readonly options: JsonObject;
  /** What decides the records of each stage. */
  readonly fingerprints: Readonly<Record<StageName, Fingerprint>>;
  /** The manifest's parts, one for each task; empty where there are more tasks than pairs. */
  readonly parts: readonly PlanPart[];
}

export function tasksFile(directory: string): string {
  return join(directory, 'tasks.json');
}

/**
 * The tasks of a run directory; `undefined` where its run is not divided.
 *
 * @throws CheckpointError `tasks_unreadable`, `tasks_version`.
 */
export async function readTasks(directory: string): Promise<Tasks | undefined> {
  const file = tasksFile(directory);
  const bytes = await readWhole(file, nodeFileSystem);
  if (bytes === undefined) return undefined;
  try {
    return parseTasks(new Fields(JSON.parse(Buffer.from(bytes).toString('utf8')), 'tasks.json'), file);
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    const advice = 'Put it back from a backup, or begin again in another run directory';
    throw new CheckpointError('tasks_unreadable', `${file} cannot be read: ${messageOf(error)}. ${advice}.`);
  }
}

export async function saveTasks(directory: string, tasks: Tasks): Promise<void> {
  const { midiloom, manifest, options, fingerprints, parts } = tasks;
  const head = {
    format: FORMAT,
    version: VERSION,
    midiloom,
    manifest: { pairs: manifest.pairs, hash: manifest.hash, size_bytes: manifest.sizeBytes },
    options,
    fingerprints: { midi: fingerprints.midi.options, text: fingerprints.text.options },
  };
  const lines = parts.map((part) => `    ${JSON.stringify(planPartJson(part))}`).join(',\n');
  const text = `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "tasks": [\n${lines}\n  ]\n}\n`;
  await writeDurably(tasksFile(directory), [Buffer.from(text)]);
}

function parseTasks(fields: Fields, file: string): Tasks {
  fields.oneOf('format', [FORMAT]);
  const midiloom = fields.text('midiloom');
  if (fields.integer('version', 1) > VERSION) {
    const message = `${file} was written by midiloom ${midiloom}; this is ${ownPackage().version}: install ${midiloom} or later.`;
    throw new CheckpointError('tasks_version', message);
  }
  const manifest = fields.object('manifest');
  const fingerprints = fields.object('fingerprints');
  const [midi, text] = STAGES.map((stage) => fingerprintOf(fingerprints.json(stage)));
  if (midi === undefined || text === undefined) throw new Error('it names no stages');
  return {
    midiloom,
    manifest: {
      pairs: manifest.integer('pairs'),
      hash: manifest.text('hash'),
      sizeBytes: manifest.value('size_bytes') === null ? null : manifest.integer('size_bytes'),
    },
    options: fields.json('options'),
    fingerprints: { midi, text },
    parts: fields.objects('tasks').map(parsePlanPart),
  };
}
