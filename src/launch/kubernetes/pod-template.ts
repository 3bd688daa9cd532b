import type { Resources } from '../resources.ts';
import type { Claim } from './claim.ts';
import type { Yaml } from './yaml.ts';

/** What Kubernetes is told of both jobs. */
export interface PodSettings extends Resources {
  readonly name: string;
  readonly namespace: string | undefined;
  /** The image, which has `midiloom` in its path. */
  readonly image: string;
  readonly claims: readonly Claim[];
  /** A secret whose entries are variables of the environment, such as HF_TOKEN. */
  readonly secret: string | undefined;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly graceS: number;
}

export const CONTAINER = 'midiloom';

export function metadata({ namespace }: PodSettings, name: string): Yaml {
  return { name, namespace, labels: { 'app.kubernetes.io/name': 'midiloom' } };
}

/** What runs midiloom with these words, in a pod of its own. */
export function container(settings: PodSettings, words: readonly string[]): Yaml {
  const { image, claims, secret, cpus, mem, gpus } = settings;
  return {
    name: CONTAINER,
    image,
    command: ['midiloom'],
    args: words.map(literal),
    envFrom: secret === undefined ? undefined : [{ secretRef: { name: secret } }],
    resources: withoutEmpty({
      requests: withoutEmpty({ cpu: cpus === undefined ? undefined : String(cpus), memory: mem }),
      limits: withoutEmpty({ memory: mem, 'nvidia.com/gpu': gpus === undefined ? undefined : String(gpus) }),
    }),
    volumeMounts: claims.map(({ mountPath, isReadOnly }, at) => ({
      name: volumeName(at),
      mountPath,
      readOnly: isReadOnly ? true : undefined,
    })),
  };
}

export function volumes({ claims }: PodSettings): Yaml {
  return claims.map(({ name }, at) => ({ name: volumeName(at), persistentVolumeClaim: { claimName: name } }));
}

function volumeName(at: number): string {
  return `volume-${at}`;
}

/** Kubernetes puts variables of the environment in the place of `$(NAME)`. */
function literal(word: string): string {
  return word.replaceAll('$', '$$$$');
}

function withoutEmpty(entries: { readonly [key: string]: Yaml | undefined }): Yaml | undefined {
  return Object.values(entries).some((value) => value !== undefined) ? entries : undefined;
}
