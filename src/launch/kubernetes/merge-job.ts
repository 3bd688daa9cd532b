import { mergeWords, type TaskRun } from '../process-words.ts';
import { container, metadata, type PodSettings, volumes } from './pod-template.ts';
import type { Yaml } from './yaml.ts';

const BACKOFF_LIMIT = 3;
/** Tasks that failed for good are waited for no longer than this. */
const DEADLINE_S = 30 * 86_400;

/** The job that joins what the tasks made. It waits for them in an init container, by what lies in the run directory. */
export function mergeJob(run: TaskRun, settings: PodSettings): Yaml {
  // The merge reads and writes: one core, and no GPU.
  const own = { ...settings, cpus: settings.cpus === undefined ? undefined : 1, gpus: undefined };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata(settings, `${settings.name}-merge`),
    spec: {
      backoffLimit: BACKOFF_LIMIT,
      activeDeadlineSeconds: DEADLINE_S,
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: settings.graceS,
          initContainers: [container(own, 'wait', ['status', run.outputDir, '--watch'])],
          containers: [container(own, 'midiloom', mergeWords(run))],
          volumes: volumes(settings),
        },
      },
    },
  };
}
