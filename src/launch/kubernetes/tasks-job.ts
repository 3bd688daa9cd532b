import { type TaskRun, taskWords } from '../process-words.ts';
import { failureRule, isDisrupted, isSaved } from './failure-rules.ts';
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
      // The first rule that fits counts; where none does, the failure counts against the limit.
      podFailurePolicy: { rules: [isDisrupted, isSaved, failureRule('FailIndex')] },
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: settings.graceS,
          containers: [container(settings, taskWords(run, 'auto'))],
          volumes: volumes(settings),
        },
      },
    },
  };
}
