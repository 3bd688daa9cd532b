import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { ConfigError, codeOf, MissingError, messageOf } from '../../errors.ts';

/**
 * Runs a program of Slurm and returns what it prints.
 *
 * @throws MissingError `slurm_missing` where there is none; ConfigError `slurm_refused` with what it said.
 */
export async function runSlurm(program: string, args: readonly string[], folder?: string): Promise<string> {
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  try {
    const [status, printed, said] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    if (status === 0) return printed;
    throw new ConfigError('slurm_refused', `${program} ended with status ${status}: ${said.trim()}`);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    const message = `${program} cannot be started (${messageOf(error)}): launch where Slurm's commands are, or look at the scripts with --dry_run.`;
    throw new MissingError('slurm_missing', message);
  }
}
