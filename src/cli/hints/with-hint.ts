import type { Command } from 'commander';
import { CHECKPOINT_COMMANDS_ELSEWHERE, COMMANDS_ELSEWHERE, OPTIONS_ELSEWHERE } from './names-elsewhere.ts';

/** What commander says of an unknown name, with one line that names ours where it is known from elsewhere. */
export function withHint(error: string, command: Command): string {
  const [said, kind, name = ''] = /^error: unknown (option|command) '([^']*)'/.exec(error) ?? [];
  if (said === undefined) return error;
  const hint = kind === 'command' ? commandHint(name, command) : optionHint(name, command);
  if (hint === undefined) return error;
  return `${said}; ${/^[-`]/.test(hint) ? 'here it is ' : ''}${hint}\n`;
}

function commandHint(name: string, command: Command): string | undefined {
  return ownValue(command.parent === null ? COMMANDS_ELSEWHERE : CHECKPOINT_COMMANDS_ELSEWHERE, bare(name));
}

function optionHint(flag: string, command: Command): string | undefined {
  if (command.parent === null && bare(flag) === 'v') return '-V, --version; `midiloom process` has -v, --verbose';
  const ours = `--${bare(flag)}`;
  if (ours !== flag && hasOption(command, ours)) return ours;
  const hint = ownValue(OPTIONS_ELSEWHERE, bare(flag));
  const [option] = /^--\w+/.exec(hint ?? '') ?? [];
  // Of an option that this command lacks nothing is said: it would be refused as well.
  return option === undefined || hasOption(command, option) ? hint : undefined;
}

function hasOption(command: Command, name: string): boolean {
  return command.options.some(({ long }) => long === name);
}

/** `--output=x` as `output`; Nextflow's options have one hyphen. */
function bare(name: string): string {
  return name.replace(/^-+/, '').replace(/=.*/, '').replaceAll('-', '_').toLowerCase();
}

function ownValue(names: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}
