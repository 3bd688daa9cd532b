import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runHere } from '../../cli/run-here.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const folder = temporaryFolder('launch-slurm');
const given = ['--', '--input_file', 'pairs.jsonl', '--text_encoder', 'none'];

/** A folder of programs that stand for Slurm's; each writes down its words and the folder that it was called in. */
function standIns(name: string, scripts: Readonly<Record<string, string>>): { PATH: string; calls: () => string } {
  const programs = join(folder, name);
  mkdirSync(programs);
  const calls = join(programs, 'calls');
  for (const [program, script] of Object.entries(scripts)) {
    const file = join(programs, program);
    writeFileSync(file, `#!/bin/bash\necho "$PWD: ${program} $*" >>${calls}\n${script}\n`);
    chmodSync(file, 0o755);
  }
  return {
    PATH: `${programs}:/usr/bin:/bin`,
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8') : ''),
  };
}

const SCONTROL = 'echo "MaxArraySize            = 4"';

describe('midiloom launch slurm', () => {
  it('submits the array in the folder of its scripts, and the merge behind it', async () => {
    const { PATH, calls } = standIns('well', {
      scontrol: SCONTROL,
      squeue: 'exit 0',
      sbatch: '[[ "$*" == *merge* ]] && echo "42" || echo "41;cluster"',
    });
    const run = join(folder, 'a run');
    const { code, stdout } = await runHere(['launch', 'slurm', '--tasks', '9', '--json', run, ...given], {
      env: { PATH },
    });
    expect([code, JSON.parse(stdout).jobs]).toEqual([0, { tasks: '41', merge: '42' }]);
    const launch = join(run, 'launch');
    expect(calls().split('\n').slice(1, 3)).toEqual([
      `${launch}: sbatch --parsable tasks.sbatch`,
      `${launch}: sbatch --parsable --dependency=afterany:41 merge.sbatch`,
    ]);
    const script = readFileSync(join(launch, 'tasks.sbatch'), 'utf8');
    expect(script).toContain('#SBATCH --array=0-3\n');
    expect(script).toContain('\nstep=4\n');
    // The first line that is no comment ends what sbatch reads: nothing that a user gave stands before it.
    const directives = script.slice(0, script.indexOf('set -u'));
    expect(directives).not.toContain('pairs.jsonl');
  });

  it('refuses another array while one of the run is in the queue', async () => {
    const { PATH, calls } = standIns('queued', { scontrol: SCONTROL, squeue: 'echo 41_3', sbatch: 'echo 43' });
    const again = await runHere(['launch', 'slurm', '--tasks', '9', join(folder, 'a run'), ...given], {
      env: { PATH },
    });
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('scancel 41. [still_queued]') });
    expect(calls()).not.toContain('sbatch');
  });

  it('says what sbatch says, and what is submitted where only the merge is not', async () => {
    const { PATH } = standIns('refused', {
      scontrol: SCONTROL,
      sbatch: 'echo "sbatch: error: invalid partition" >&2; exit 1',
    });
    const refused = await runHere(['launch', 'slurm', '--tasks', '2', join(folder, 'b'), ...given], { env: { PATH } });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('invalid partition [slurm_refused]') });

    const half = standIns('half', {
      scontrol: SCONTROL,
      sbatch: '[[ "$*" == *merge* ]] && { echo "too many jobs" >&2; exit 1; }; echo 51',
    });
    const { code, stdout } = await runHere(['launch', 'slurm', '--tasks', '2', join(folder, 'c'), ...given], {
      env: { PATH: half.PATH },
    });
    expect([code, stdout]).toEqual([
      3,
      expect.stringContaining('could not be submitted: sbatch ended with status 1: too many jobs'),
    ]);
    expect(stdout).toContain('job 51 works off 2 of 2 tasks');
  });

  it('needs no Slurm to show the scripts, and says how where it is not there', async () => {
    const env = { PATH: '/nowhere' };
    const shown = await runHere(['launch', 'slurm', '--tasks', '2000', '--dry_run', join(folder, 'd'), ...given], {
      env,
    });
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('#SBATCH --array=0-1000\n')]);
    expect(existsSync(join(folder, 'd'))).toBe(false);
    const missing = await runHere(['launch', 'slurm', '--tasks', '2', join(folder, 'd'), ...given], { env });
    expect(missing).toMatchObject({ code: 7, stderr: expect.stringMatching(/--dry_run\. \[slurm_missing\]/) });
  });
});
