import type { StageUpdateCounts, UpdateCounts } from '../pipeline/update/update-plan.ts';
import { count } from './count.ts';

/** What an update keeps and makes, and why, for a person. @param made - `to make`, or `made`. */
export function updateLines({ moved, removed, stages }: UpdateCounts, made: string): readonly string[] {
  const rows = [...(moved > 0 ? [`${count(moved)} moved`] : []), ...(removed > 0 ? [`${count(removed)} removed`] : [])];
  return [
    `  update   MIDI: ${stageText(stages.midi, made)}`,
    `           text: ${stageText(stages.text, made)}`,
    ...(rows.length > 0 ? [`           rows: ${rows.join(', ')}`] : []),
  ];
}

function stageText({ kept, made, causes }: StageUpdateCounts, verb: string): string {
  const why = Object.entries(causes).map(([cause, pairs]) => `${cause.replaceAll('_', ' ')} ${count(pairs)}`);
  return `${count(kept)} kept, ${count(made)} ${verb}${why.length > 0 ? `: ${why.join(', ')}` : ''}`;
}
