import { Argument, Command } from 'commander';
import { bashCompletion } from './completion/bash-completion.ts';
import { type CommandWords, commandWords } from './completion/command-words.ts';
import { fishCompletion } from './completion/fish-completion.ts';
import { zshCompletion } from './completion/zsh-completion.ts';
import { writeText } from './write-text.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const satisfies Readonly<
  Record<string, (commands: readonly CommandWords[]) => string>
>;

/** @param program - whose commands and options are completed. */
export function completionCommand(program: () => Promise<Command>): Command {
  return new Command('completion')
    .description('print what makes a shell complete commands and options at the TAB key')
    .addArgument(new Argument('<SHELL>', 'which shell').choices(Object.keys(SHELLS)))
    .addHelpText(
      'after',
      '\nbash: source <(midiloom completion bash)\nzsh:  source <(midiloom completion zsh)\nfish: midiloom completion fish | source\nin the file that the shell reads when it starts.',
    )
    .action(async (shell: keyof typeof SHELLS) => {
      await writeText(SHELLS[shell](commandWords(await program())));
    });
}
