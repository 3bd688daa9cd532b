import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plan } from '../../manifest/plan.ts';
import { spelledOtherwise } from '../../manifest/read-contained-file.ts';
import { isS3Address } from '../../s3/s3-address.ts';

const LOOKED_AT = 100;

/**
 * What the first MIDI files tell of a whole run, before it begins: that none of them is there, and where they were looked
 * for; that names are spelled otherwise on the disk. Failures are in the data set, where no path of this machine may stand.
 */
export async function firstFileNotes(plan: Plan, root: string, signal: AbortSignal): Promise<readonly string[]> {
  if (isS3Address(root)) return [];
  let [named, missing, spelled] = [0, 0, 0];
  let example: string | undefined;
  for await (const { pairs } of plan.batches(0, LOOKED_AT, signal)) {
    for (const { midiFile, embedded } of pairs) {
      if (midiFile === undefined || embedded !== undefined || midiFile.includes('\0')) continue;
      named++;
      if (existsSync(resolve(root, midiFile))) continue;
      example ??= midiFile;
      if (spelledOtherwise(root, midiFile) === undefined) missing++;
      else spelled++;
    }
    break;
  }
  const shown = JSON.stringify(example);
  if (named > 0 && missing === named) {
    return [
      `None of the first ${named} MIDI files is there, such as ${shown} in ${root}; --midi_root names another folder`,
    ];
  }
  if (spelled === 0) return [];
  return [`Names such as ${shown} are spelled otherwise on the disk (Unicode normalization, slashes); they are found`];
}
