import { CONTAINER } from './pod-template.ts';
import type { Yaml } from './yaml.ts';

/** Preempted, evicted, or the node was drained: no fault of the task. */
export const isDisrupted: Yaml = {
  action: 'Ignore',
  onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
};

/** Stopped by SIGTERM with everything saved. */
export const isSaved: Yaml = {
  action: 'Ignore',
  onExitCodes: { containerName: CONTAINER, operator: 'In', values: [143] },
};

/** Usage, too many failed pairs, a checkpoint that is refused, something missing: the same again the next time. */
export function failureRule(action: 'FailIndex' | 'FailJob'): Yaml {
  return { action, onExitCodes: { containerName: CONTAINER, operator: 'In', values: [2, 3, 5, 7] } };
}
