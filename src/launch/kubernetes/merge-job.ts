import { mergeWords, type TaskRun } from '../process-words.ts';
import { failureRule, isDisrupted } from './failure-rules.ts';
import { container, metadata, type PodSettings, volumes } from './pod-template.ts';
import type { Yaml } from './yaml.ts';

const BACKOFF_LIMIT = 3;
/** Tasks that failed for good are waited for no longer than this; then the merge says which. */
const WAIT_S = 30 * 86_400;

/**
 * The job that joins what the tasks made. It waits for them by what lies in the run directory: jobs of Kubernetes know no
 * dependencies, and to ask for the other job's state a pod would need rights of its own.
 */
export function mergeJob(run: TaskRun, settings: PodSettings): Yaml {
  // One core waits, and then reads and writes; no GPU.
  const own = { ...settings, cpus: settings.cpus === undefined ? undefined : 1, gpus: undefined };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata(settings, `${settings.name}-merge`),
    spec: {
      backoffLimit: BACKOFF_LIMIT,
      podFailurePolicy: { rules: [isDisrupted, failureRule('FailJob')] },
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: settings.graceS,
          containers: [container(own, [...mergeWords(run), `--wait_for_tasks=${WAIT_S}`])],
          volumes: volumes(settings),
        },
      },
    },
  };
}
