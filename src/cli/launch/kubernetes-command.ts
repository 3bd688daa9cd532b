import { basename, join } from 'node:path';
import { Command } from 'commander';
import { integer, type Option, Refused } from '../../config/option.ts';
import { type Claim, parseClaim } from '../../launch/kubernetes/claim.ts';
import { type KubernetesLaunched, launchKubernetes } from '../../launch/kubernetes/launch-kubernetes.ts';
import { shellWord } from '../../launch/slurm/shell-word.ts';
import { printResult } from '../print-result.ts';
import { printable } from '../printable.ts';
import {
  addLaunchFlags,
  addResourceFlags,
  type LaunchFlags,
  launchedRun,
  type ResourceFlags,
  splitOperands,
} from './launch-flags.ts';
import { matching, parsedFlag } from './parsed-flag.ts';

interface KubernetesFlags extends LaunchFlags, ResourceFlags {
  readonly image: string;
  readonly claim?: readonly Claim[];
  readonly mem?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly secret?: string;
  readonly parallelism?: number;
  readonly termination_grace: number;
}

const LABEL = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;
const LABEL_SAID = 'small letters, digits and hyphens';
/** A pod is called after its job, with the index and `-merge` behind. */
const LONGEST_NAME = 50;

const IMAGE = matching('IMAGE', 'image with midiloom in its path', /^[^\s\p{Cc}]+$/u, 'the name of an image');
const MEM = matching(
  'SIZE',
  'memory of a task, such as 16Gi',
  /^\d+(\.\d+)?([KMGT]i|[kMGT])?$/,
  'a quantity such as 16Gi',
);
const NAME = matching('NAME', 'name of the jobs (default: after the run directory)', LABEL, LABEL_SAID);
const NAMESPACE = matching('NAME', 'namespace of the jobs', LABEL, LABEL_SAID);
const SECRET = matching(
  'NAME',
  'a secret whose entries are variables of the environment, such as HF_TOKEN',
  /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
  'the name of a secret',
);
const PARALLELISM = integer('pods at work at the same time (default: one for each task)', 1, { min: 1, max: 100_000 });
const GRACE = integer('seconds that a pod has to save before it is killed (default: 120)', 120, {
  min: 20,
  max: 86_400,
});
const CLAIM: Option<Claim> = {
  help: 'a PersistentVolumeClaim and where pods see it, such as data:/data or corpus:/corpus:ro; may be repeated',
  placeholder: 'NAME:PATH',
  default: { name: '', mountPath: '', isReadOnly: false },
  parse: (value) => {
    const claim = typeof value === 'string' ? parseClaim(value) : undefined;
    if (claim === undefined) throw new Refused('NAME:/path or NAME:/path:ro');
    return claim;
  },
};
/** midiloom is to be done before the pod is killed. */
const RESERVE_S = 10;

export function kubernetesCommand(): Command {
  const command = new Command('kubernetes').description(
    'write an Indexed Job that works off the tasks, and a job that waits for it and joins them',
  );
  return addResourceFlags(addLaunchFlags(command))
    .addOption(parsedFlag('mem', MEM))
    .addOption(parsedFlag('image', IMAGE).makeOptionMandatory())
    .addOption(severalOf('claim', CLAIM))
    .addOption(parsedFlag('parallelism', PARALLELISM))
    .addOption(parsedFlag('termination_grace', GRACE))
    .addOption(parsedFlag('name', NAME))
    .addOption(parsedFlag('namespace', NAMESPACE))
    .addOption(parsedFlag('secret', SECRET))
    .action(async (_directory: unknown, _words: unknown, flags: KubernetesFlags, { args }: Command) => {
      const graceS = flags.termination_grace ?? GRACE.default;
      const run = launchedRun(splitOperands(args, flags), flags, { pathsOf: 'pods', graceS: graceS - RESERVE_S });
      const launched = await launchKubernetes({
        run,
        settings: {
          name: flags.name ?? jobName(run.outputDir),
          namespace: flags.namespace,
          image: flags.image,
          claims: flags.claim ?? [],
          secret: flags.secret,
          graceS,
          cpus: flags.cpus,
          mem: flags.mem,
          gpus: flags.gpus,
        },
        parallelism: flags.parallelism,
        isDryRun: flags.dry_run === true,
        merges: flags.no_merge !== true,
      });
      await printResult(launched, flags, flags.dry_run === true ? manifestsText : writtenText, true);
    });
}

function severalOf<Value>(name: string, option: Option<Value>) {
  const flag = parsedFlag(name, option);
  const { parseArg } = flag;
  return flag.argParser<readonly unknown[]>((text, earlier) => [...(earlier ?? []), parseArg?.(text, undefined)]);
}

/** As kubectl takes them from a pipe. */
function manifestsText({ manifests }: KubernetesLaunched): string {
  return manifests.map(({ text }) => text).join('---\n');
}

function writtenText({ folder, manifests }: KubernetesLaunched): string {
  const files = manifests.map(({ name }) => `-f ${shellWord(join(folder, name))}`);
  return `${manifests.length} manifests are in ${printable(folder)}; to start them:\n  kubectl apply ${printable(files.join(' '))}\n`;
}

/** A label of DNS after the run directory. */
function jobName(outputDir: string): string {
  const name = basename(outputDir)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME - 'midiloom-'.length)
    .replaceAll(/^-+|-+$/g, '');
  return name === '' ? 'midiloom' : `midiloom-${name}`;
}
