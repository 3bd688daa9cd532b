import type { Command, Option } from 'commander';
import { RUN_OPTIONS, snakeCase } from '../../config/run-options.ts';

/** What can stand after one command of the program. */
export interface CommandWords {
  /** As typed: `midiloom checkpoint list`. */
  readonly path: string;
  readonly subcommands: readonly Word[];
  readonly options: readonly OptionWord[];
}

export interface Word {
  readonly name: string;
  readonly meaning: string;
}

export interface OptionWord {
  /** With hyphens: the long name, and the short one where there is one. */
  readonly names: readonly string[];
  readonly meaning: string;
  readonly value: OptionValue;
}

/** What follows an option: nothing, one of a few words, a path, or something only the user knows. */
export type OptionValue =
  | { readonly kind: 'none' | 'file' | 'folder' | 'free' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] };

/** The words of a program and of all commands in it, the program first. */
export function commandWords(command: Command, before = ''): CommandWords[] {
  const path = `${before}${command.name()}`;
  const help: OptionWord = { names: ['--help', '-h'], meaning: 'show what there is', value: { kind: 'none' } };
  const own: CommandWords = {
    path,
    subcommands: command.commands.map((each) => ({ name: each.name(), meaning: meaningOf(each.description()) })),
    options: [...command.options.filter(({ hidden }) => !hidden).map(optionWord), help],
  };
  return [own, ...command.commands.flatMap((each) => commandWords(each, `${path} `))];
}

function optionWord(option: Option): OptionWord {
  return {
    names: [option.long, option.short].filter((name) => name != null),
    meaning: meaningOf(option.description),
    value: valueAfter(option),
  };
}

const CHOICES = new Map<string, readonly string[]>(
  Object.entries(RUN_OPTIONS).map(([name, { placeholder }]) => [`--${snakeCase(name)}`, wordsIn(placeholder)]),
);

function valueAfter({ flags, long, argChoices, required, optional }: Option): OptionValue {
  if (!required && !optional) return { kind: 'none' };
  const choices = argChoices ?? CHOICES.get(long ?? '') ?? [];
  if (choices.length > 0) return { kind: 'choice', choices };
  if (/[<[|]DIR/.test(flags)) return { kind: 'folder' };
  return { kind: flags.includes('FILE') ? 'file' : 'free' };
}

/** `N|auto` and `parquet,jsonl` have words that may be typed; capitals stand for something else. */
function wordsIn(placeholder: string | undefined): readonly string[] {
  return (placeholder ?? '').split(/[|,]/).filter((word) => /^[a-z]/.test(word));
}

/** The first part of a help text. */
function meaningOf(description: string): string {
  return description.split(/[:;(]/)[0]?.trim() ?? '';
}
