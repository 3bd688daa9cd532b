import type { Command } from 'commander';
import { nearestName } from '../config/nearest-name.ts';
import { environmentName } from '../config/option-sources.ts';
import { optionNames } from '../config/run-config.ts';

const PREFIX = 'MIDILOOM_';
/** Of this project's own tests and benchmarks. */
const OURS = /^MIDILOOM_(TEST|BENCH|PEERS)_/;

/**
 * A line for each variable that looks like a setting and is none: mistyped, as a rule.
 *
 * @param program - with the command that is called, whose variables are looked at before those of the others.
 */
export async function ignoredEnvironment(
  program: Command,
  environment: NodeJS.ProcessEnv,
  allCommands: () => Promise<Command>,
): Promise<readonly string[]> {
  const known = new Set([...optionNames().map(environmentName), ...variablesOf(program)]);
  const names = Object.keys(environment).filter((name) => name.startsWith(PREFIX) && !OURS.test(name));
  if (names.every((name) => known.has(name))) return [];
  for (const name of variablesOf(await allCommands())) known.add(name);
  return names
    .filter((name) => !known.has(name))
    .map((name) => {
      const suffixes = [...known].map((each) => each.slice(PREFIX.length));
      const nearest = nearestName(name.slice(PREFIX.length).toUpperCase(), suffixes);
      const hint = nearest === undefined ? 'there is no such option' : `did you mean ${PREFIX}${nearest}?`;
      return `the environment variable ${name} is ignored: ${hint}`;
    });
}

function variablesOf(command: Command): string[] {
  const own = command.options.flatMap(({ envVar }) => envVar ?? []);
  return [...own, ...command.commands.flatMap(variablesOf)];
}
