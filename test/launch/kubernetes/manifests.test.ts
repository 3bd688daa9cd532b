import { describe, expect, it } from 'vitest';
import { isKept, parseClaim } from '../../../src/launch/kubernetes/claim.ts';
import { runHere } from '../../cli/run-here.ts';

const claims = ['data:/data', 'corpus:/data/corpus:ro'].flatMap((text) => parseClaim(text) ?? []);

describe('a claim', () => {
  it('is a name and a place, and perhaps read only', () => {
    expect(claims).toEqual([
      { name: 'data', mountPath: '/data', isReadOnly: false },
      { name: 'corpus', mountPath: '/data/corpus', isReadOnly: true },
    ]);
    for (const text of ['data', 'data:data', 'Data:/data', 'data:/a:b', ':/data', 'data:/x\n']) {
      expect(parseClaim(text)).toBeUndefined();
    }
  });

  it('keeps what lies in it, unless another that is read only lies nearer', () => {
    expect(
      ['/data/run', '/data', '/data/corpus/run', '/database/run', '/data/../run'].map((path) => isKept(path, claims)),
    ).toEqual([true, true, false, false, false]);
  });
});

describe('midiloom launch kubernetes', () => {
  const given = ['launch', 'kubernetes', '--tasks', '4', '--image', 'me/midiloom:1', '--dry_run'];

  it('prints what kubectl takes from a pipe', async () => {
    const { code, stdout } = await runHere([
      ...given,
      '--claim',
      'data:/data',
      '/data/My Run',
      '--',
      '--input_file',
      '/data/a',
    ]);
    expect(code).toBe(0);
    const [tasks = '', merge = ''] = stdout.split('---\n');
    expect(tasks).toContain('name: midiloom-my-run\n');
    expect(tasks).toContain('completions: 4\n');
    expect(tasks).toContain('- "--task=auto"\n');
    expect(merge).toContain('name: midiloom-my-run-merge\n');
    expect(merge).toContain('- "--mode=merge"\n');
  });

  it.each([
    [['/data/run', '--', '--input_file', '/data/a'], 'would be lost with its pods'],
    [['--claim', 'data:/data', 'run', '--', '--input_file', '/data/a'], 'must be a path in the pods'],
    [
      ['--claim', 'data:/data', '/data/run', '--', '--input_file', 'a'],
      'is relative to a folder that pods do not have',
    ],
    [['--claim', 'data', '/data/run', '--', '--input_file', '/a'], 'NAME:/path'],
    [['--mem', '4 GB', '/data/run', '--', '--input_file', '/a'], 'a quantity such as 16Gi'],
  ])('refuses what would not work: %j', async (args, message) => {
    const { code, stderr } = await runHere([...given, ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('says how to print where this machine has no place for the manifests', async () => {
    const { code, stderr } = await runHere([
      ...given.slice(0, -1),
      ...['--claim', 'data:/no-such-mount', '/no-such-mount/a/run', '--', '--input_file', '/no-such-mount/a'],
    ]);
    expect([code, stderr]).toEqual([6, expect.stringContaining('--dry_run')]);
  });
});
