import { Command } from 'commander';
import { bullmqCommand } from './launch/bullmq-command.ts';
import { kubernetesCommand } from './launch/kubernetes-command.ts';
import { slurmCommand } from './launch/slurm-command.ts';

/** The tasks of a run on many machines, by schedulers that exist: docs/many-machines.md. */
export function launchCommand(setExitCode: (code: number) => void): Command {
  const command = new Command('launch').description('have a run worked off by many machines');
  for (const each of [slurmCommand(setExitCode), kubernetesCommand(), bullmqCommand()]) command.addCommand(each);
  return command;
}
