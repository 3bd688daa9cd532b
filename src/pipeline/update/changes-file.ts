import { join } from 'node:path';
import { writeDurably } from '../../checkpoint/durable-replace.ts';
import { nodeFileSystem } from '../../checkpoint/file-system.ts';
import type { Pair } from '../../manifest/pair.ts';
import type { Plan } from '../../manifest/plan.ts';
import { STAGES } from '../../run-directory/run-files.ts';
import { NO_SLOT } from './key-table.ts';
import type { UpdatePlan } from './update-plan.ts';

const BATCH_PAIRS = 512;
const SHARED = 0o666;

/**
 * Writes `changes.jsonl`: a line for each pair of the manifest, in order, and one for each that it does not have any more. Whoever
 * has read the data set before finds here what became of it.
 */
export async function writeChanges(outputDir: string, plan: Plan, update: UpdatePlan): Promise<void> {
  await writeDurably(join(outputDir, 'changes.jsonl'), changeLines(plan, update), nodeFileSystem, SHARED);
}

async function* changeLines(plan: Plan, update: UpdatePlan): AsyncGenerator<Uint8Array> {
  for await (const { pairs } of plan.batches(0, BATCH_PAIRS)) {
    yield linesOf(pairs.map((pair) => changeOf(pair, update)));
  }
  const isThere = new Uint8Array(update.before);
  for (const was of update.was) if (was !== NO_SLOT) isThere[was] = 1;
  for (const [was, there] of isThere.entries()) {
    if (there === 0)
      yield linesOf([
        { index: null, id: null, midi_file: null, was, midi: 'removed', text: 'removed', why: ['removed'] },
      ]);
  }
}

function changeOf({ index, id, midiFile }: Pair, update: UpdatePlan): object {
  const was = update.was[index] ?? NO_SLOT;
  const causes = STAGES.flatMap((stage) => update.decisions[stage].causeOf(index) ?? []);
  const rowCauses = was === NO_SLOT ? ['new'] : update.isMoved(index) ? ['moved'] : [];
  const what = (isKept: boolean): string => (isKept ? 'kept' : 'made');
  return {
    index,
    id,
    midi_file: midiFile ?? null,
    was: was === NO_SLOT ? null : was,
    midi: what(update.decisions.midi.isKept(index)),
    text: what(update.decisions.text.isKept(index)),
    why: [...new Set([...rowCauses, ...causes])],
  };
}

function linesOf(values: readonly object[]): Uint8Array {
  return Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}
