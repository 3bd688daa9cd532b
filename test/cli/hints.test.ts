import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  CHECKPOINT_COMMANDS_ELSEWHERE,
  COMMANDS_ELSEWHERE,
  OPTIONS_ELSEWHERE,
} from '../../src/cli/hints/names-elsewhere.ts';
import { createProgram } from '../../src/cli/program.ts';
import { runHere } from './run-here.ts';

const program = await createProgram(() => {});
const commandNamed = (name: string, parent = program) => parent.commands.find((command) => command.name() === name);
const process = commandNamed('process');
const processOptions = new Set(process?.options.flatMap(({ long, short }) => [long, short]));

describe('a name of another program', () => {
  it.each([
    ['continue', '`midiloom process RUN_DIR --resume`'],
    ['resume', '`midiloom process RUN_DIR --resume`'],
    ['merge', '`midiloom process RUN_DIR --mode merge`'],
    ['run', '`midiloom process --input_file FILE --output_dir RUN_DIR`'],
    ['checkpoint ls', '`midiloom checkpoint list [PATH]`'],
    ['-v', '-V, --version'],
    ['process --output x', '--output_dir DIR'],
    ['process -o x', '--output_dir DIR'],
    ['process --output=x', '--output_dir DIR'],
    ['status --output x', '--output_dir DIR'],
    ['process --max-samples 3', '--limit N'],
    ['process --list-checkpoints', '`midiloom checkpoint list [PATH]`'],
    ['process --num-workers 3', '--workers N'],
    ['process -resume', '--resume'],
    ['process --Batch_Size 3', '--batch_size'],
    ['status -v', 'only `midiloom process` has it'],
  ])('%s is answered by ours, in one line', async (line, ours) => {
    const { code, stdout, stderr } = await runHere(line.split(' '));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(ours);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('that nobody knows is refused as before', async () => {
    expect((await runHere(['process', '--colour', 'blue'])).stderr).toBe("error: unknown option '--colour'\n");
    expect((await runHere(['compose'])).stderr).toBe("error: unknown command 'compose'\n");
    expect((await runHere(['process', '--workes', '3'])).stderr).toContain('Did you mean --workers?');
    expect((await runHere(['process', '--constructor'])).stderr).toBe("error: unknown option '--constructor'\n");
  });

  it('does not hide one of ours', () => {
    for (const name of Object.keys(COMMANDS_ELSEWHERE)) expect(commandNamed(name)).toBeUndefined();
    const checkpoint = commandNamed('checkpoint');
    for (const name of Object.keys(CHECKPOINT_COMMANDS_ELSEWHERE))
      expect(commandNamed(name, checkpoint)).toBeUndefined();
    const elsewhere = Object.keys(OPTIONS_ELSEWHERE).filter((name) => !['verbose', 'v', 'quiet', 'q'].includes(name));
    expect(elsewhere.filter((name) => processOptions.has(`--${name}`) || processOptions.has(`-${name}`))).toEqual([]);
  });
});

it('of ours is one that is there', () => {
  const known = new Set(allCommands(program).flatMap(({ options }) => options.map(({ long }) => long)));
  for (const hint of [COMMANDS_ELSEWHERE, CHECKPOINT_COMMANDS_ELSEWHERE, OPTIONS_ELSEWHERE].flatMap(Object.values)) {
    for (const [option] of hint.matchAll(/--\w+/g)) expect(known, hint).toContain(option);
    for (const [, line = ''] of hint.matchAll(/`midiloom (\w[^`]*)`/g)) {
      const [first = '', second = ''] = line.split(' ');
      const command = commandNamed(first);
      expect(command, hint).toBeDefined();
      if (command !== undefined && command.commands.length > 0)
        expect(commandNamed(second, command), hint).toBeDefined();
    }
  }
});

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}
