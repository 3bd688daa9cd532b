/** Which process, of which boot of which machine: enough to tell a live one from a dead one whose pid was given away. */
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { codeOf } from '../errors.ts';

export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Changes at every start of the machine; empty where the system does not tell. */
  readonly bootId: string;
  /** Pids of two containers on one machine have nothing to do with each other; empty where the system does not tell. */
  readonly pidNamespace: string;
  /** Clock ticks from boot to the start of the process; empty where the system does not tell. */
  readonly startTime: string;
}

export async function ownIdentity(): Promise<ProcessIdentity> {
  return {
    pid: process.pid,
    host: hostname(),
    bootId: (await orEmpty(readFile('/proc/sys/kernel/random/boot_id', 'utf8'))).trim(),
    pidNamespace: await orEmpty(readlink('/proc/self/ns/pid')),
    startTime: (await statOf(process.pid))?.startTime ?? '',
  };
}

/**
 * `unknown`: the process is out of sight, and only its heartbeat tells. `other_boot`: it was on this machine before that was started
 * again, or is on a copy of it that has the same name.
 */
export type Liveness = 'alive' | 'dead' | 'unknown' | 'other_boot';

/** Whether another process is alive, as far as `own` can see. */
export async function livenessOf(other: ProcessIdentity, own: ProcessIdentity): Promise<Liveness> {
  if (other.bootId !== own.bootId) return other.host === own.host ? 'other_boot' : 'unknown';
  if (other.pidNamespace !== own.pidNamespace || (own.bootId === '' && other.host !== own.host)) return 'unknown';
  if (!exists(other.pid)) return 'dead';
  const stat = await statOf(other.pid);
  if (stat === undefined) return 'alive';
  // A zombie holds its pid but does nothing any more; another start time means that the pid was given away.
  const isGone = stat.state === 'Z' || stat.state === 'X';
  return isGone || stat.startTime !== other.startTime ? 'dead' : 'alive';
}

export function isSameProcess(one: ProcessIdentity, other: ProcessIdentity): boolean {
  const keys = ['pid', 'host', 'bootId', 'pidNamespace', 'startTime'] as const;
  return keys.every((key) => one[key] === other[key]);
}

/** Whether the process that is meant is alive and in sight beyond doubt, so that a signal reaches it and no other. */
export async function isInSight(other: ProcessIdentity, own: ProcessIdentity): Promise<boolean> {
  const isHere = other.bootId !== '' && other.bootId === own.bootId && other.pidNamespace === own.pidNamespace;
  if (!isHere || other.startTime === '') return false;
  const stat = await statOf(other.pid);
  return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X' && stat.startTime === other.startTime;
}

/** By signal 0, which sees processes that a `/proc` mounted with hidepid hides. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** State and start time from `/proc/<pid>/stat`: fields 3 and 22, counted after the name, which may hold anything. */
async function statOf(pid: number): Promise<{ readonly state: string; readonly startTime: string } | undefined> {
  const line = await orEmpty(readFile(`/proc/${pid}/stat`, 'utf8'));
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [state, startTime] = [fields[0], fields[19]];
  return state === undefined || startTime === undefined ? undefined : { state, startTime };
}

/** For what not every system offers. */
async function orEmpty(reading: Promise<string>): Promise<string> {
  return reading.catch(() => '');
}
