import type { RunPlan } from '../operations/plan/plan-run.ts';
import type { StagePlan } from '../operations/plan/plan-stage.ts';
import { count } from './count.ts';
import { printable } from './printable.ts';
import { sizeText } from './size-text.ts';
import { stateText } from './state-text.ts';
import { updateLines } from './update-lines.ts';

/** What a run would do, for a person. */
export function planText(plan: RunPlan): string {
  const { stages, output, running, update } = plan;
  const missing = plan.text_model_missing?.split('\n') ?? [];
  const lines = [
    'Dry run: nothing is done and nothing is written.',
    `  run      ${printable(plan.directory)}: ${stateText(plan)}`,
    ...(running === null ? [] : [`           process ${running.pid} works on it: a run would end with 4 now`]),
    `  pairs    ${count(plan.pairs)} in ${printable(plan.input_file)}`,
    `  MIDI     ${stageText(stages.midi)}; from ${printable(plan.midi_root)}, ${plan.workers === 1 ? '1 worker' : `${count(plan.workers)} workers`}`,
    `  text     ${stageText(stages.text)}; by ${printable(plan.text_encoder)}${missing.length === 0 ? '' : ', not here:'}`,
    ...missing.map((line) => `           ${printable(line)}`),
    ...(plan.hidden_states === null
      ? []
      : [
          `           hidden states: ${sizeText(plan.hidden_states.bytes_per_token)} a token, ${sizeText(plan.hidden_states.most_bytes)} at most`,
        ]),
    ...(update === null ? [] : updateLines(update, 'to make')),
    ...(output === null ? ['  dataset  none would be written'] : outputLines(output)),
  ];
  return `${lines.join('\n')}\n`;
}

function stageText({ kept, new: fresh, retried, redone }: StagePlan): string {
  return [
    `${count(fresh)} to do`,
    ...(retried > 0 ? [`${count(retried)} to try again`] : []),
    ...(redone > 0 ? [`${count(redone)} to do again`] : []),
    `${count(kept)} done`,
  ].join(', ');
}

function outputLines({ dataset, replaces, formats, splits, filters }: NonNullable<RunPlan['output']>): string[] {
  const shares = splits.map(({ name, share }) => `${printable(name)} ${Number((share * 100).toFixed(2))} %`).join(', ');
  return [
    `  dataset  ${printable(dataset)}${replaces ? ', in place of the one that is there' : ''}`,
    `           ${formats.join(', ')}; ${shares}${filters.length > 0 ? `; only ${filters.map(printable).join(', ')}` : ''}`,
  ];
}
