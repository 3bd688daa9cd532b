import { type TaskRun, taskWords } from '../process-words.ts';
import type { ArrayPlan } from './array-elements.ts';
import { commonDirectives, type SbatchSettings } from './sbatch-settings.ts';
import { shellWord } from './shell-word.ts';

/**
 * Before the time limit. Slurm looks once a minute, so that it may be a minute more or less; then midiloom has its grace to
 * finish what is in flight, and some seconds are left to queue the task again.
 */
const WARNING_S = 150;
export const GRACE_S = 60;
/** How often a task is queued again whose machine may be to blame. */
const MAX_RESTARTS = 3;

/** The script of the job array. @param program - what runs midiloom, in words. */
export function tasksScript(
  run: TaskRun,
  array: ArrayPlan,
  settings: SbatchSettings,
  { name, program }: { readonly name: string; readonly program: readonly string[] },
): string {
  const limit = settings.arrayLimit === undefined ? '' : `%${settings.arrayLimit}`;
  const command = [...program, ...taskWords(run)].map((word) => `  ${shellWord(word)}`).join('\n');
  return `#!/bin/bash
#SBATCH --job-name=${name}
#SBATCH --array=${array.elements}${limit}
#SBATCH --output=logs/%A_%a.log
#SBATCH --signal=B:USR1@${WARNING_S}
${[...commonDirectives(settings), ...(settings.gpus === undefined ? [] : [`#SBATCH --gpus=${settings.gpus}`])].join('\n')}

# Written by midiloom launch slurm: ${run.tasks} tasks. To submit it by hand: sbatch tasks.sbatch, in this folder.
set -u
tasks=${run.tasks}
step=${array.step}
midiloom=(
${command}
)

child=''
is_interrupted=false
is_time_over=false
is_told=false
is_cancelled=false
# The time limit is near, which Slurm tells this shell alone: midiloom is to finish what is in flight and save.
time_over() {
  is_interrupted=true
  is_time_over=true
  tell
}
# Once: a second time would end it at once.
tell() {
  if [ -n "$child" ] && ! $is_told; then
    is_told=true
    kill -TERM "$child" 2>/dev/null
  fi
}
# Slurm tells this to midiloom as well.
cancelled() {
  is_interrupted=true
  is_cancelled=true
}
trap time_over USR1
trap cancelled TERM

run_task() {
  "\${midiloom[@]}" --task="$1" &
  child=$!
  # The signal may have come when there was nobody to tell.
  if $is_time_over; then tell; fi
  while true; do
    is_interrupted=false
    wait "$child"
    status=$?
    # A signal ends the waiting, not the task.
    $is_interrupted || break
  done
  child=''
}

may_be_the_machine() {
  case $1 in
    # Unexpected, held by another, the disk; or killed, such as for its memory.
    1 | 4 | 6 | 129 | 1[34][0-9]) [ "\${SLURM_RESTART_COUNT:-0}" -lt ${MAX_RESTARTS} ] ;;
    *) false ;;
  esac
}

worst=0
for ((task = SLURM_ARRAY_TASK_ID; task < tasks; task += step)); do
  status=143
  $is_time_over || $is_cancelled || run_task "$task"
  if [ "$status" -eq 0 ]; then continue; fi
  worst=$status
  if $is_cancelled; then break; fi
  if $is_time_over || may_be_the_machine "$status"; then
    echo "task $task ended with $status and goes into the queue again" >&2
    scontrol requeue "\${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
    break
  fi
done
exit "$worst"
`;
}
