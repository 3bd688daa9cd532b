import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planArray } from '../../../src/launch/slurm/array-elements.ts';
import { tasksScript } from '../../../src/launch/slurm/tasks-script.ts';

const NO_SETTINGS = {
  cpus: undefined,
  mem: undefined,
  gpus: undefined,
  time: undefined,
  partition: undefined,
  arrayLimit: undefined,
  sbatchArgs: undefined,
};

const LONGEST_MS = 20_000;

export interface Played {
  readonly status: number | null;
  readonly stderr: string;
  /** The words of each call of midiloom. */
  readonly calls: readonly (readonly string[])[];
  /** What was asked of scontrol. */
  readonly scontrol: string;
}

export interface Play {
  readonly tasks: number;
  readonly words?: readonly string[];
  readonly maxElements?: number;
  readonly element?: number;
  readonly restarts?: number;
  /** The script of bash that stands for midiloom; it finds its words written down already. */
  readonly midiloom?: string;
  /** Is told the process when midiloom was called first. */
  readonly whenCalled?: (pid: number) => void;
}

/** Runs the script of an array's element by bash, as Slurm would, with stand-ins for midiloom and scontrol. */
export async function playElement(folder: string, play: Play): Promise<Played> {
  mkdirSync(folder, { recursive: true });
  const [midiloom, scontrol, calls, asked] = ['midiloom', 'scontrol', 'calls', 'asked'].map((name) =>
    join(folder, name),
  );
  if (midiloom === undefined || scontrol === undefined || calls === undefined || asked === undefined) throw new Error();
  // A call ends with an empty word behind a mark that no word of the tests has.
  writeFileSync(midiloom, `printf '%s\\0' "$@" END-OF-CALL >>${calls}\n${play.midiloom ?? ''}\n`);
  writeFileSync(scontrol, `#!/bin/bash\necho "$@" >>${asked}\n`);
  chmodSync(scontrol, 0o755);
  const { tasks, words = [], maxElements = 1001, element = 0, restarts } = play;
  const script = join(folder, 'tasks.sbatch');
  writeFileSync(
    script,
    tasksScript(
      { outputDir: join(folder, 'run'), tasks, words, savePartial: false },
      planArray(tasks, Array(tasks).keys(), maxElements),
      NO_SETTINGS,
      { name: 'test', program: ['/bin/bash', midiloom] },
    ),
  );
  const child = spawn('/bin/bash', [script], {
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
    env: {
      ...process.env,
      PATH: `${folder}:${process.env.PATH}`,
      SLURM_ARRAY_JOB_ID: '42',
      SLURM_ARRAY_TASK_ID: String(element),
      ...(restarts === undefined ? {} : { SLURM_RESTART_COUNT: String(restarts) }),
    },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  if (play.whenCalled !== undefined && child.pid !== undefined) {
    while (!existsSync(calls) || readFileSync(calls).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    play.whenCalled(child.pid);
  }
  const status = await ended;
  const written = existsSync(calls) ? readFileSync(calls, 'utf8').split('END-OF-CALL\0').slice(0, -1) : [];
  return {
    status,
    stderr,
    calls: written.map((call) => call.split('\0').slice(0, -1)),
    scontrol: existsSync(asked) ? readFileSync(asked, 'utf8') : '',
  };
}
