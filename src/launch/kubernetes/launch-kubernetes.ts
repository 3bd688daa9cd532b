import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { ConfigError, StorageError } from '../../errors.ts';
import type { TaskRun } from '../process-words.ts';
import { LAUNCH_FOLDER, type LaunchFile, writeLaunchFiles } from '../write-launch-files.ts';
import { isKept } from './claim.ts';
import { mergeJob } from './merge-job.ts';
import type { PodSettings } from './pod-template.ts';
import { tasksJob } from './tasks-job.ts';
import { toYaml } from './yaml.ts';

export interface KubernetesLaunch {
  readonly run: TaskRun;
  readonly settings: PodSettings;
  /** How many tasks may be at work at the same time. */
  readonly parallelism: number | undefined;
  readonly isDryRun: boolean;
  readonly merges: boolean;
}

export interface KubernetesLaunched {
  readonly folder: string;
  readonly manifests: readonly LaunchFile[];
}

/**
 * Writes the manifests of the Indexed Job and of the merge.
 *
 * @throws ConfigError `invalid_option` where the run directory would be lost with its pods; StorageError `storage_io`.
 */
export async function launchKubernetes(launch: KubernetesLaunch): Promise<KubernetesLaunched> {
  const { run, settings, parallelism, isDryRun, merges } = launch;
  checkRunDirectory(run, settings);
  const manifests = [
    { name: 'tasks.yaml', text: toYaml(tasksJob(run, settings, parallelism)) },
    ...(merges ? [{ name: 'merge.yaml', text: toYaml(mergeJob(run, settings)) }] : []),
  ];
  const folder = join(run.outputDir, LAUNCH_FOLDER);
  if (isDryRun) return { folder, manifests };
  if (!existsSync(dirname(run.outputDir))) {
    throw new StorageError(
      'storage_io',
      `${run.outputDir} is a place in pods, and this machine has no ${dirname(run.outputDir)} to write the manifests to: ` +
        'print them with --dry_run, as in midiloom launch kubernetes … --dry_run … | kubectl apply -f -',
    );
  }
  await writeLaunchFiles(run.outputDir, manifests);
  return { folder, manifests };
}

function checkRunDirectory({ outputDir, words }: TaskRun, { claims }: PodSettings): void {
  if (!isAbsolute(outputDir)) {
    throw new ConfigError('invalid_option', `RUN_DIR: ${outputDir} must be a path in the pods, such as /data/run.`);
  }
  if (isKept(outputDir, claims) || words.some((word) => word.startsWith('--backup_dir=s3://'))) return;
  throw new ConfigError(
    'invalid_option',
    `RUN_DIR: ${outputDir} would be lost with its pods; mount a volume that holds it, as in --claim NAME:${dirname(outputDir)}.`,
  );
}
