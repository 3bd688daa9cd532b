import { mergeWords, type TaskRun } from '../process-words.ts';
import { commonDirectives, type SbatchSettings } from './sbatch-settings.ts';
import { shellWord } from './shell-word.ts';

/** The script of the job that joins what the tasks made. @param program - what runs midiloom, in words. */
export function mergeScript(
  run: TaskRun,
  settings: SbatchSettings,
  { name, program }: { readonly name: string; readonly program: readonly string[] },
): string {
  const command = [...program, ...mergeWords(run)].map((word) => `  ${shellWord(word)}`).join('\n');
  return `#!/bin/bash
#SBATCH --job-name=${name}-merge
#SBATCH --output=logs/%j-merge.log
${commonDirectives(settings).join('\n')}

# Written by midiloom launch slurm. It is to begin when the tasks are over, however they ended: a dependency afterok would wait
# for ever behind one that failed. What is missing is named. To submit it by hand: sbatch merge.sbatch, in this folder.
set -u
midiloom=(
${command}
)
exec "\${midiloom[@]}"
`;
}
