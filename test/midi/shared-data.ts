import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sharedDirectory = fileURLToPath(new URL('../../../shared/', import.meta.url));
export const dataDirectory = join(sharedDirectory, 'data');
export const goldenDirectory = join(sharedDirectory, 'golden');

/** Why tests over the shared files are skipped, `undefined` where the files are there. */
export const skipReason: string | undefined = existsSync(dataDirectory)
  ? undefined
  : `no files to test with in ${sharedDirectory}`;
if (skipReason !== undefined) console.log(`skipped: ${skipReason}`);

/** Paths, relative to the data directory, of every MIDI file below `folder`, in a fixed order. */
export function listMidiFiles(folder = 'midi'): string[] {
  if (skipReason !== undefined) return [];
  return readdirSync(join(dataDirectory, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(mid|midi|kar|rmi)$/i.test(name))
    .map((name) => join(folder, name))
    .sort();
}

export function readMidi(path: string): Uint8Array {
  return new Uint8Array(readFileSync(join(dataDirectory, path)));
}
