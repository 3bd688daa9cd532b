import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { launchKubernetes } from '../../../src/launch/kubernetes/launch-kubernetes.ts';
import type { PodSettings } from '../../../src/launch/kubernetes/pod-template.ts';
import { toYaml, type Yaml } from '../../../src/launch/kubernetes/yaml.ts';
import { missingPeers, Peer } from '../python.ts';

const missing = missingPeers('kubernetes_validate', 'yaml');
const peer = missing === undefined ? new Peer('launch/validate-manifests.py') : undefined;
afterAll(() => peer?.end());

/** The first that know all fields, and the latest of the package. */
const VERSIONS = ['1.29', '1.31', '1.37'];

interface Answer {
  readonly document: {
    readonly spec: {
      readonly template: { readonly spec: { readonly containers: readonly { readonly args: readonly string[] }[] } };
    };
  };
  readonly problems: readonly string[];
}

const ask = async (text: string, versions: readonly string[] = VERSIONS): Promise<Answer> =>
  (await peer?.ask({ text, versions })) as Answer;

const SETTINGS: PodSettings = {
  name: 'midiloom-run',
  namespace: undefined,
  image: 'me/midiloom:1',
  claims: [{ name: 'data', mountPath: '/data', isReadOnly: false }],
  secret: undefined,
  graceS: 120,
  cpus: undefined,
  mem: undefined,
  gpus: undefined,
};
const ALL: PodSettings = {
  ...SETTINGS,
  namespace: 'music',
  claims: [...SETTINGS.claims, { name: 'corpus', mountPath: '/corpus', isReadOnly: true }],
  secret: 'hub',
  cpus: 8,
  mem: '16Gi',
  gpus: 1,
};

const manifests = async (settings: PodSettings, words: readonly string[] = []): Promise<readonly string[]> => {
  const run = { outputDir: '/data/run', tasks: 16, words, savePartial: true };
  const launched = await launchKubernetes({ run, settings, parallelism: 4, isDryRun: true, merges: true });
  return launched.manifests.map(({ text }) => text);
};

describe.skipIf(missing !== undefined)('the manifests for Kubernetes', () => {
  it.each([
    ['as few settings as can be', SETTINGS],
    ['all settings', ALL],
  ])('hold to its schemas, with %s', async (_, settings) => {
    for (const text of await manifests(settings)) expect((await ask(text)).problems).toEqual([]);
  });

  it('are what the schemas would notice', async () => {
    const [tasks = ''] = await manifests(SETTINGS);
    expect((await ask(tasks.replace('completionMode', 'completionModus'))).problems).toHaveLength(VERSIONS.length);
    expect((await ask(tasks.replace('completions: 16', 'completions: many'))).problems).toHaveLength(VERSIONS.length);
  });

  it('give midiloom every option as it was, whatever is in it', async () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        '$(HOME)',
        '$$(HOME)',
        '$',
        'yes',
        'null',
        '- a: b',
        '#',
        '{}',
        '"',
        "'",
        '\u2028',
        '\u0085',
        '\ufeff',
        ' x ',
      ),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 20, maxLength: 60 }), async (values) => {
        const words = values.map((value) => `--text_prefix=${value}`);
        const [tasks = ''] = await manifests(SETTINGS, words);
        const { document, problems } = await ask(tasks, VERSIONS.slice(-1));
        expect(problems).toEqual([]);
        const args = document.spec.template.spec.containers[0]?.args.map(expanded) ?? [];
        expect(args.filter((word) => word.startsWith('--text_prefix='))).toEqual(words);
      }),
      { numRuns: 20 },
    );
  });

  it('are YAML that is read as what was written', async () => {
    const value = fc.letrec<{ value: Yaml }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'binary' }),
        fc.integer(),
        fc.boolean(),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(
          fc.string({ unit: 'binary' }).filter((key) => key !== '__proto__'),
          tie('value'),
          { maxKeys: 4 },
        ),
      ),
    })).value;
    await fc.assert(
      fc.asyncProperty(value, async (inner) => {
        const text = toYaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, inner });
        expect((await ask(text, [])).document).toMatchObject({ inner });
      }),
      { numRuns: 100 },
    );
  });
});

/** What Kubernetes makes of an argument where no variable has such a name. */
function expanded(word: string): string {
  return word.replace(/\$\$/g, '$');
}
