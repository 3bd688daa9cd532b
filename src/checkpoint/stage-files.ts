import { basename, dirname } from 'node:path';
import { codeOf } from '../errors.ts';
import { joinPlace } from '../s3/s3-address.ts';
import { backupName, temporaryName, unfinishedBackupName } from './durable-replace.ts';
import type { FileSystem } from './file-system.ts';
import { storageError } from './storage-error.ts';

const SEGMENT = /^segment-(\d{7,})\.msgpack$/;
const UNFINISHED_SEGMENT = /^segment-\d{7,}\.msgpack\.tmp$/;

/** Where one stage's files are: everything follows from the path of its checkpoint. */
export interface StageFiles {
  readonly checkpoint: string;
  readonly backup: string;
  /** Directory of the segments, beside the checkpoint: `midi_checkpoint.d`. */
  readonly segments: string;
  /** What the user asked for beside the run: pairs to try again or never again; see `stage-requests.ts`. */
  readonly requests: string;
  /** Rows that another program made, one a line, as they came. */
  readonly foreign: string;
  /** What a save that was cut short may leave. */
  readonly unfinished: readonly string[];
}

export function stageFiles(checkpoint: string): StageFiles {
  const backup = backupName(checkpoint);
  const stem = joinPlace(dirname(checkpoint), basename(checkpoint, '.json'));
  const requests = `${stem}.requests.json`;
  const foreign = `${stem}.foreign.jsonl`;
  return {
    checkpoint,
    backup,
    segments: `${stem}.d`,
    requests,
    foreign,
    unfinished: [checkpoint, backup, requests, foreign].map(temporaryName).concat(unfinishedBackupName(checkpoint)),
  };
}

/** Path of the segment that was committed as number `sequence`, from 0. */
export function segmentFile(files: StageFiles, sequence: number): string {
  return joinPlace(files.segments, `segment-${String(sequence).padStart(7, '0')}.msgpack`);
}

/** Names in a directory, none where it is absent. */
export async function listDirectory(directory: string, fs: FileSystem): Promise<readonly string[] | undefined> {
  try {
    return await fs.readdir(directory);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw storageError('list', directory, error);
  }
}

/** Sequence numbers of the segments that are there, and the paths of those that were never finished. */
export async function listSegments(
  files: StageFiles,
  fs: FileSystem,
): Promise<{ readonly sequences: readonly number[]; readonly unfinished: readonly string[] }> {
  const names = (await listDirectory(files.segments, fs)) ?? [];
  const sequences = names.flatMap((name) => SEGMENT.exec(name)?.[1] ?? []).map(Number);
  const unfinished = names.filter((name) => UNFINISHED_SEGMENT.test(name));
  return { sequences, unfinished: unfinished.map((name) => joinPlace(files.segments, name)) };
}
