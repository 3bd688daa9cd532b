import { inputChanges } from '../../inputs/input-changes.ts';
import { MIDI_INPUT, TEXT_INPUT } from '../../inputs/stage-input.ts';
import type { Plan } from '../../manifest/plan.ts';
import { readStagesOf } from '../../run-directory/read-stage-of.ts';
import type { RunFiles } from '../../run-directory/run-files.ts';

export interface InputsCheck {
  readonly files: RunFiles;
  readonly plan: Plan;
  readonly midiRoot: string | undefined;
  readonly allowOutside: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Told how many files are not there any more: nothing can be said of what was made from them. */
  readonly gone: { files: number };
}

/** More than any file that a run takes. */
const MAX_FILE_BYTES = 1024 * 1024 * 1024;

/** Yields what is not any more what rows were made from. Reads every MIDI file, and every caption that is in a file. */
export async function* checkInputs(check: InputsCheck): AsyncGenerator<string> {
  const { files, plan, midiRoot, allowOutside, gone, signal } = check;
  const root = midiRoot ?? plan.defaultMidiRoot;
  const access = { allowOutside, maxBytes: MAX_FILE_BYTES, encoding: plan.encoding, knownFolders: new Map() };
  const stages = await readStagesOf(files);
  for (const [name, input] of [['midi', MIDI_INPUT] as const, ['text', TEXT_INPUT] as const]) {
    const stage = stages[name];
    if (stage === undefined) continue;
    const { reader, lastIndex } = stage;
    for await (const change of inputChanges(reader, input, { plan, root, access, how: 'all', lastIndex, signal })) {
      if (change.kind === 'gone') gone.files++;
      else yield `${change.file} is not what the ${name} record of pair ${change.index} was made from`;
    }
    signal?.throwIfAborted();
  }
}
