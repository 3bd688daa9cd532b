import type { CommandWords, OptionValue } from './command-words.ts';

/** Completion for fish: `midiloom completion fish | source`, or a file in `~/.config/fish/completions`. */
export function fishCompletion(commands: readonly CommandWords[]): string {
  const name = commands[0]?.path ?? '';
  const lines = commands.flatMap(({ path, subcommands, options }) => {
    const at = `complete -c ${name} -n ${quoted(`__${name}_at ${path}`)}`;
    return [
      ...subcommands.map((each) => `${at} -f -a ${each.name} -d ${quoted(each.meaning)}`),
      ...options.map(({ names, meaning, value }) => {
        const flags = names.map((each) => (each.startsWith('--') ? `-l ${each.slice(2)}` : `-s ${each.slice(1)}`));
        return [at, ...flags, offer(value), '-d', quoted(meaning)].filter((part) => part !== '').join(' ');
      }),
    ];
  });
  const paths = commands.slice(1).map(({ path }) => quoted(path));
  return `# fish completion for ${name}: ${name} completion fish | source
function __${name}_at
  set -l at ${name}
  for word in (commandline -opc)[2..-1]
    contains -- "$at $word" ${paths.join(' ')}; and set at "$at $word"
  end
  test "$at" = "$argv"
end
${lines.join('\n')}
`;
}

function offer(value: OptionValue): string {
  switch (value.kind) {
    case 'none':
      return '';
    case 'choice':
      return `-x -a ${quoted(value.choices.join(' '))}`;
    case 'folder':
      return `-x -a ${quoted('(__fish_complete_directories)')}`;
    case 'file':
      return '-r -F';
    case 'free':
      return '-x';
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
