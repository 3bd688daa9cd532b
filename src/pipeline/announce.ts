import { uselessModel } from '../tokens/trained/useless-model.ts';
import type { OpenedRun } from './open-run.ts';

/** Tells what is about to be done, and what there is to know of the input. */
export function announce({ config, context: { emit }, chosen, plan, resumed }: OpenedRun): void {
  emit({ type: 'planned', inputFile: config.inputFile, total: plan.total, resumed });
  for (const message of plan.notes) emit({ type: 'notice', message });
  const doubt = uselessModel(chosen.tokenizer);
  if (doubt !== undefined) emit({ type: 'notice', message: doubt });
}
