import { type TaskRun, taskWords } from '../process-words.ts';
import { container, metadata, type PodSettings, volumes } from './pod-template.ts';
import type { Yaml } from './yaml.ts';

/** How often a task is begun again whose machine or disk may be to blame. */
const BACKOFF_LIMIT = 6;

/** The Indexed Job that works off the tasks. */
export function tasksJob(run: TaskRun, settings: PodSettings, parallelism: number | undefined): Yaml {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata(settings, settings.name),
    spec: {
      completions: run.tasks,
      parallelism: parallelism ?? run.tasks,
      completionMode: 'Indexed',
      backoffLimitPerIndex: BACKOFF_LIMIT,
      podReplacementPolicy: 'Failed',
      podFailurePolicy: { rules: failureRules() },
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: settings.graceS,
          containers: [container(settings, 'midiloom', taskWords(run, 'auto'))],
          volumes: volumes(settings),
        },
      },
    },
  };
}

/** The first rule that fits counts; where none does, the failure counts against the limit. */
function failureRules(): Yaml {
  return [
    // Preempted, evicted, or the node was drained.
    { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    // Stopped by SIGTERM with everything saved.
    { action: 'Ignore', onExitCodes: { containerName: 'midiloom', operator: 'In', values: [143] } },
    // Usage, too many failed pairs, a checkpoint that is refused, something missing: the same again the next time.
    { action: 'FailIndex', onExitCodes: { containerName: 'midiloom', operator: 'In', values: [2, 3, 5, 7] } },
  ];
}
