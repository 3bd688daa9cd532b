import type { CommandWords, OptionValue, Word } from './command-words.ts';

/** Completion for zsh: `source <(midiloom completion zsh)`, or a file `_midiloom` in a folder of `fpath`. */
export function zshCompletion(commands: readonly CommandWords[]): string {
  const name = commands[0]?.path ?? '';
  const values = commands.flatMap(({ path, options }) =>
    options.flatMap(({ names, value }) => {
      const offered = offer(value);
      return offered === undefined ? [] : [`    (${names.map((each) => `'${path} ${each}'`).join('|')}) ${offered} ;;`];
    }),
  );
  const words = commands.map(({ path, subcommands, options }) => {
    const flags = options.flatMap(({ names, meaning }) => names.map((each) => ({ name: each, meaning })));
    const rest = subcommands.length === 0 ? '_files' : `offered=(${described(subcommands)}); _describe command offered`;
    return `    ('${path}')
      if [[ $PREFIX == -* ]]; then
        offered=(${described(flags)})
        _describe -o option offered
      else
        ${rest}
      fi ;;`;
  });
  return `#compdef ${name}
# zsh completion for ${name}: source <(${name} completion zsh), after compinit
_${name}() {
  local at=${name} word before=\${words[CURRENT-1]}
  local -a offered
  for word in \${words[2,CURRENT-1]}; do
    case "$at $word" in
      (${commands
        .slice(1)
        .map(({ path }) => `'${path}'`)
        .join('|')}) at="$at $word" ;;
    esac
  done
  if [[ $PREFIX == --*=* ]]; then
    before=\${PREFIX%%=*}
    compset -P '*='
  fi
  # Hyphens stand for underscores.
  [[ $before == --* ]] && before="--\${\${before#--}//-/_}"
  [[ $PREFIX == --* ]] && PREFIX="--\${\${PREFIX#--}//-/_}"
  case "$at $before" in
${values.join('\n')}
    (*)
  case $at in
${words.join('\n')}
  esac ;;
  esac
}
if [[ \${funcstack[1]} == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function offer(value: OptionValue): string | undefined {
  switch (value.kind) {
    case 'none':
      return undefined;
    case 'choice':
      return `compadd -- ${value.choices.join(' ')}`;
    case 'folder':
      return '_files -/';
    case 'file':
      return '_files';
    case 'free':
      return '_message value';
  }
}

function described(words: readonly Word[]): string {
  return words.map(({ name, meaning }) => quoted(`${name}:${meaning}`)).join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
