import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../free-port.ts';

const PROGRAMS = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'scontrol'];
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
const START_MS = 30_000;

/** Slurm on one node, from Debian's packages, with everything of its own in a folder. */
export class SlurmCluster {
  readonly env: NodeJS.ProcessEnv;
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.env = { ...process.env, PATH, SLURM_CONF: join(folder, 'slurm.conf') };
  }

  /** Why there can be none here. */
  static missing(): string | undefined {
    if (process.getuid?.() !== 0) return 'Slurm is started by root only';
    const absent = PROGRAMS.filter((name) => spawnSync('which', [name], { env: { PATH } }).status !== 0);
    return absent.length === 0 ? undefined : `not installed: ${absent.join(', ')}`;
  }

  /** @returns why it does not start, if it does not. */
  static async start(): Promise<SlurmCluster | string> {
    // With a short name: sockets lie in it, whose paths have 107 bytes at most.
    const folder = mkdtempSync('/tmp/midiloom-slurm-');
    for (const name of ['state', 'spool']) mkdirSync(join(folder, name), { recursive: true });
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'munge.key'), randomBytes(128), { mode: 0o600 });
    writeFileSync(join(folder, 'slurm.conf'), await configuration(folder));
    const cluster = new SlurmCluster(folder);
    const file = (name: string): string => join(folder, name);
    const munge = ['--force', `--key-file=${file('munge.key')}`, `--socket=${file('munge.socket')}`];
    const places = [
      `--pid-file=${file('munged.pid')}`,
      `--log-file=${file('munged.log')}`,
      `--seed-file=${file('seed')}`,
    ];
    const said = [
      cluster.run('munged', ...munge, ...places),
      cluster.run('slurmctld', '-f', file('slurm.conf')),
      cluster.run('slurmd', '-f', file('slurm.conf')),
    ];
    for (const deadline = Date.now() + START_MS; Date.now() < deadline; await pause(200)) {
      if (cluster.run('sinfo', '--noheader', '--format=%t').stdout.trim() === 'idle') return cluster;
    }
    const logs = ['slurmctld.log', 'slurmd.log'].map((name) =>
      existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '',
    );
    await cluster.end();
    return [...said.map(({ stderr }) => stderr), ...logs.map((log) => log.slice(-1000))].join('\n');
  }

  run(
    program: string,
    ...args: readonly string[]
  ): { readonly stdout: string; readonly stderr: string; readonly status: number | null } {
    return spawnSync(program, args, { env: this.env, encoding: 'utf8' });
  }

  /** What `scontrol` shows of a job, such as `JobState`. */
  fact(job: string, name: string): string | undefined {
    return new RegExp(`\\b${name}=(\\S+)`).exec(this.run('scontrol', 'show', 'job', job).stdout)?.[1];
  }

  async until(what: string, isSo: () => boolean, limitMs = 120_000): Promise<void> {
    for (const deadline = Date.now() + limitMs; !isSo(); await pause(50)) {
      if (Date.now() > deadline)
        throw new Error(`not within ${limitMs} ms: ${what}\n${this.run('squeue', '--array').stdout}`);
    }
  }

  async end(): Promise<void> {
    this.run('scancel', '--user=root');
    for (const name of ['slurmd', 'slurmctld', 'munged']) {
      const file = join(this.#folder, `${name}.pid`);
      if (!existsSync(file)) continue;
      const pid = Number(readFileSync(file, 'utf8'));
      try {
        process.kill(pid, 'SIGTERM');
        for (const deadline = Date.now() + 15_000; Date.now() < deadline; await pause(50)) process.kill(pid, 0);
        process.kill(pid, 'SIGKILL');
      } catch {
        // gone, as it should
      }
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function configuration(folder: string): Promise<string> {
  const host = hostname();
  const file = (name: string): string => join(folder, name);
  const settings: Readonly<Record<string, string | number>> = {
    ClusterName: 'one',
    SlurmctldHost: `${host}(127.0.0.1)`,
    SlurmctldPort: await freePort(),
    SlurmdPort: await freePort(),
    AuthType: 'auth/munge',
    // What is queued again waits as long as a credential is good for, two minutes by default; five seconds are the least.
    AuthInfo: `socket=${file('munge.socket')},cred_expire=5`,
    ProctrackType: 'proctrack/linuxproc',
    TaskPlugin: 'task/none',
    SelectType: 'select/cons_tres',
    SelectTypeParameters: 'CR_Core',
    SchedulerType: 'sched/backfill',
    SchedulerParameters: 'sched_interval=1,bf_interval=1,batch_sched_delay=0',
    StateSaveLocation: file('state'),
    SlurmdSpoolDir: file('spool'),
    SlurmctldPidFile: file('slurmctld.pid'),
    SlurmdPidFile: file('slurmd.pid'),
    SlurmctldLogFile: file('slurmctld.log'),
    SlurmdLogFile: file('slurmd.log'),
    SlurmUser: 'root',
    SlurmdUser: 'root',
    ReturnToService: 2,
    KillWait: 5,
    JobRequeue: 1,
    // So that eight tasks are more than an array may have.
    MaxArraySize: 6,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const cpus = Math.min(2, availableParallelism());
  return `${lines.join('\n')}
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${cpus} RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`;
}
