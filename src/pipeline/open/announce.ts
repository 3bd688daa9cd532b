import { uselessModel } from '../../tokens/trained/useless-model.ts';
import { firstFileNotes } from './first-files.ts';
import type { OpenedRun } from './open-run.ts';
import { recipeNotes } from './recipe-notes.ts';

/** Tells what is about to be done, and what there is to know of the input. */
export async function announce(opened: OpenedRun): Promise<void> {
  const { config, chosen, plan, resumed, update } = opened;
  const { emit, signal } = opened.context;
  emit({ type: 'planned', inputFile: config.inputFile, total: plan.total, resumed, update: update?.plan.counts() });
  const root = config.midiRoot ?? plan.defaultMidiRoot;
  const first = await firstFileNotes(plan, root, signal).catch(() => []); // What failed is met again right after.
  for (const message of [...plan.notes, ...first, ...recipeNotes(opened)]) emit({ type: 'notice', message });
  const doubt = uselessModel(chosen.tokenizer);
  if (doubt !== undefined) emit({ type: 'notice', message: doubt });
}
