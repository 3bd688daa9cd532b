import { join } from 'node:path';
import { writeDurably } from '../checkpoint/durable-replace.ts';
import { nodeFileSystem } from '../checkpoint/file-system.ts';
import { readWhole } from '../checkpoint/read-file.ts';
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';

/** What is known of the manifest by its bytes. Nothing depends on it but time: it is never a reason to fail. */
const NOTE_FILE = 'manifest_note.json';

export async function readManifestNote(directory: string, log: Log): Promise<string | undefined> {
  const file = join(directory, NOTE_FILE);
  try {
    const bytes = await readWhole(file, nodeFileSystem);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
  } catch (error) {
    log('debug', 'the manifest is read as a whole', () => ({ file, error: messageOf(error) }));
    return undefined;
  }
}

export async function saveManifestNote(directory: string, note: string, log: Log): Promise<void> {
  const file = join(directory, NOTE_FILE);
  try {
    await writeDurably(file, [Buffer.from(note)]);
  } catch (error) {
    log('debug', 'the next run reads the manifest as a whole', () => ({ file, error: messageOf(error) }));
  }
}
