import type { CommandWords } from './command-words.ts';

/** Completion for bash 3.2 and newer: `source <(midiloom completion bash)`. */
export function bashCompletion(commands: readonly CommandWords[]): string {
  const [program] = commands;
  const name = program?.path ?? '';
  const values = commands.flatMap(({ path, options }) =>
    options.flatMap(({ names, value }) => {
      const patterns = names.map((each) => `'${path} ${each}'`).join('|');
      if (value.kind === 'none') return [];
      // Nothing offered: bash completes file names.
      const offered = value.kind === 'choice' ? `words='${value.choices.join(' ')}'` : 'return';
      return [`    ${patterns}) ${offered} ;;`];
    }),
  );
  const words = commands.map(({ path, subcommands, options }) => {
    const flags = options.flatMap(({ names }) => names).join(' ');
    const next = subcommands.map((each) => each.name).join(' ');
    return `      '${path}') if [[ $current == -* ]]; then words='${flags}'; else words='${next}'; fi ;;`;
  });
  return `# bash completion for ${name}: source <(${name} completion bash)
_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} at=${name} words= i
  # bash takes --mode=start for three words.
  if [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if [[ $current == = ]]; then before=\${COMP_WORDS[COMP_CWORD-1]}; current=; fi
  # Hyphens stand for underscores.
  if [[ $before == --* ]]; then before=--$(tr - _ <<<"\${before#--}"); fi
  if [[ $current == --* ]]; then current=--$(tr - _ <<<"\${current#--}"); fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
      ${commands
        .slice(1)
        .map(({ path }) => `'${path}'`)
        .join('|')}) at="$at \${COMP_WORDS[i]}" ;;
    esac
  done
  COMPREPLY=()
  case "$at $before" in
${values.join('\n')}
    *)
      case $at in
${words.join('\n')}
      esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _${name} ${name}
`;
}
