import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { withSnakeCaseFlags } from '../../src/cli/run-flags.ts';

const program = await createProgram(() => {});

/** Every command line in a page: in blocks of code and between backquotes. */
function commandLines(page: string): string[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8').replaceAll('\\\n', ' ');
  return [
    ...text.matchAll(
      /\bmidiloom ((?:process|launch|worker|status|checkpoint|verify|inspect|detokenize|report|doctor|cache)\b[^`|\n)]*)/g,
    ),
  ].map(([, line = '']) => line.trim());
}

/** Options that stand alone between backquotes, as of `process`. */
function loneOptions(page: string): string[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  const ours = text.split('\n').map((line) => (line.startsWith('|') ? line.split('|').slice(2).join('|') : line));
  return [...ours.join('\n').matchAll(/`(--[\w-]+)/g)].map(([, option = '']) => option);
}

describe.each(['coming-from.md', 'ci.md', 'many-machines.md'])('docs/%s', (page) => {
  it.each(commandLines(page))('has a line that is one of ours: midiloom %s', (line) => {
    const words = withSnakeCaseFlags(line.replaceAll(/[…;:,]/g, ' ').split(/\s+/));
    // Behind a -- stand the options of process.
    const end = words.indexOf('--');
    const [own, ofProcess] = end === -1 ? [words, []] : [words.slice(0, end), ['process', ...words.slice(end + 1)]];
    for (const part of [own, ofProcess]) {
      const known = commandOf(part).options.map(({ long }) => long);
      for (const word of part) if (/^--\w/.test(word)) expect(known, line).toContain(word);
    }
  });

  it('names options that are there', () => {
    const known = allCommands(program).flatMap(({ options }) => options.map(({ long }) => long));
    for (const option of withSnakeCaseFlags(loneOptions(page))) expect(known).toContain(option);
  });
});

function commandOf(words: readonly string[]): Command {
  let command: Command = program;
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) break;
    command = next;
  }
  return command;
}

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}
