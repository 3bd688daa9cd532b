import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import { resolvePlace } from '../s3/s3-address.ts';
import { writeDurably } from './durable-replace.ts';
import { Fields } from './fields.ts';
import type { FileSystem } from './file-system.ts';
import { readWhole } from './read-file.ts';

const FORMAT = 'midiloom-backup';
/** 1: midiloom 0.1.0; one place, without claims. */
const VERSION = 2;

/** What a run directory remembers of a second place that it has used. */
export interface KnownPlace {
  /** As its marker says. */
  readonly id: string;
  readonly directory: string;
  /** The run's claims to it: the latest, and the one before, as a kill may have come between writing it down here and there. */
  readonly claims: readonly string[];
  /** Names of the checkpoints whose copy there is out of date as a whole, and must not be brought back. */
  readonly retired: readonly string[];
}

export function memoryFile(runDirectory: string): string {
  return join(runDirectory, 'second_place.json');
}

export async function readPlaces(runDirectory: string, fs: FileSystem): Promise<readonly KnownPlace[]> {
  const file = memoryFile(runDirectory);
  const bytes = await readWhole(file, fs);
  if (bytes === undefined) return [];
  const fields = parsePlaceFile(bytes, file);
  if (fields.integer('version') === 1) {
    return [{ id: fields.text('id'), directory: fields.text('directory'), claims: [], retired: [] }];
  }
  return fields.objects('places').map((place) => ({
    id: place.text('id'),
    directory: place.text('directory'),
    claims: place.texts('claims'),
    retired: place.texts('retired'),
  }));
}

/** Remembers a place as it is now, beside the others; one that was on the same path, or was this one elsewhere, gives way. */
export async function rememberPlace(runDirectory: string, place: KnownPlace, fs: FileSystem): Promise<void> {
  const others = (await readPlaces(runDirectory, fs)).filter(
    ({ id, directory }) => id !== place.id && resolvePlace(directory) !== resolvePlace(place.directory),
  );
  await writePlaceFile(memoryFile(runDirectory), { places: [...others, place] }, fs);
}

export async function writePlaceFile(file: string, value: object, fs: FileSystem): Promise<void> {
  const text = `${JSON.stringify({ format: FORMAT, version: VERSION, ...value })}\n`;
  await writeDurably(file, [Buffer.from(text)], fs);
}

export function parsePlaceFile(bytes: Uint8Array, file: string): Fields {
  try {
    const fields = new Fields(JSON.parse(Buffer.from(bytes).toString('utf8')), 'file');
    fields.oneOf('format', [FORMAT]);
    fields.integer('version', 1, VERSION);
    return fields;
  } catch (error) {
    throw new Error(`${file} cannot be read: ${messageOf(error)}`);
  }
}
