import type { Fields } from '../../checkpoint/fields.ts';
import type { Log } from '../../log.ts';
import type { RunFiles } from '../../run-directory/run-files.ts';
import type { Foreseen, JobView } from '../wire.ts';

/** How an action takes part in the world while it goes on. */
export interface ActionContext {
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly progress: (progress: NonNullable<JobView['progress']>) => void;
}

/** Something that a command does too, and that the page may ask for. */
export interface Action<Options> {
  /**
   * What the page sends, understood as the command would understand its options.
   *
   * @throws Malformed, ConfigError
   */
  readonly read: (fields: Fields) => Options;
  /** The words of the command that does the same, after `midiloom`; another program where the first is a path of none. */
  readonly command: (files: RunFiles, options: Options) => readonly string[] | Promise<readonly string[]>;
  /** What it would do. Changes nothing. */
  readonly foresee: (files: RunFiles, options: Options) => Promise<Omit<Foreseen, 'command'>>;
  /** Does it, by the operation that the command calls; returns what that prints with `--json`. */
  readonly perform: (files: RunFiles, options: Options, context: ActionContext) => Promise<unknown>;
}

/** An action with its options. */
export interface Prepared {
  readonly command: (files: RunFiles) => Promise<string>;
  readonly foresee: (files: RunFiles) => Promise<Foreseen>;
  readonly perform: (files: RunFiles, context: ActionContext) => Promise<unknown>;
}

export type PrepareAction = (fields: Fields) => Prepared;

/** An action as the table of actions has it, whatever its options are. */
export function prepared<Options>({ read, command, foresee, perform }: Action<Options>): PrepareAction {
  return (fields) => {
    const options = read(fields);
    const line = async (files: RunFiles): Promise<string> => commandLine(await command(files, options));
    return {
      command: line,
      foresee: async (files) => ({ command: await line(files), ...(await foresee(files, options)) }),
      perform: (files, context) => perform(files, options, context),
    };
  };
}

/** Words as a shell takes them. */
function commandLine(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
