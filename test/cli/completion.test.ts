import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { runHere } from './run-here.ts';
import { missingTerminal, PseudoTerminal } from './terminal/pseudo-terminal.ts';

type Shell = 'bash' | 'zsh' | 'fish';

const folder = temporaryFolder('completion');
mkdirSync(join(folder, 'run-directory'));
writeFileSync(join(folder, 'song.mid'), '');

function hasShell(shell: Shell): boolean {
  const isThere = spawnSync(shell, ['--version']).status === 0;
  if (!isThere) console.warn(`skipped: ${shell} is not installed`);
  return isThere;
}

const scripts = {} as Record<Shell, string>;
beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    const { code, stdout } = await runHere(['completion', shell]);
    expect(code).toBe(0);
    scripts[shell] = join(folder, `midiloom.${shell}`);
    writeFileSync(scripts[shell], stdout);
  }
});

/** A line as typed, what must be offered, and what must not. */
const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['midiloom ', ['process', 'status', 'checkpoint', 'completion'], ['list', '--mode']],
  ['midiloom pro', ['process'], ['status']],
  ['midiloom checkpoint ', ['list', 'show', 'cleanup'], ['process']],
  ['midiloom checkpoint show --j', ['--json'], ['--stage', '--jobs']],
  ['midiloom process --ba', ['--batch_size', '--backup_dir'], ['--workers']],
  ['midiloom process --batch-s', ['--batch_size'], ['--backup_dir']],
  ['midiloom process --mode ', ['start', 'continue', 'update', 'retry', 'merge'], ['process']],
  ['midiloom process --use_gpu --text-encoder h', ['hashing'], ['none']],
  ['midiloom process run-directory --tokenizer re', ['remi'], ['tsd']],
  ['midiloom completion ', [], ['process']],
];

describe.skipIf(!hasShell('bash'))('bash', () => {
  it.each(CASES)('completes %j', (line, wanted, unwanted) => {
    const words = line.split(' ');
    const script = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _midiloom; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', scripts.bash, ...words], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expectOffered(stdout.split('\n'), wanted, unwanted);
  });

  it.each([
    [['process', '--mode', '=', 'st'], ['start']],
    [
      ['process', '--mode', '='],
      ['start', 'merge'],
    ],
  ])('completes what it splits at the equals sign: %j', (words, wanted) => {
    const script = `source "$1"; shift; COMP_WORDS=(midiloom "$@"); COMP_CWORD=$#; _midiloom; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync('bash', ['-c', script, 'bash', scripts.bash, ...words], { encoding: 'utf8' });
    expectOffered(stdout.split('\n'), wanted, ['process']);
  });
});

describe.skipIf(!hasShell('fish'))('fish', () => {
  it.each(CASES)('completes %j', (line, wanted, unwanted) => {
    // fish knows an option by the name that it was told.
    if (line.includes('-s') || line.includes('-encoder')) return;
    const { stdout, stderr } = spawnSync('fish', ['-N', '-c', `source ${scripts.fish}; complete -C "$argv[1]"`, line], {
      encoding: 'utf8',
      cwd: folder,
      env: { ...process.env, HOME: folder },
    });
    expect(stderr).toBe('');
    expectOffered(
      stdout.split('\n').map((offer) => offer.split('\t')[0] ?? ''),
      wanted,
      unwanted,
    );
  });

  it('completes files where a file goes, and folders where a folder does', () => {
    const offered = (line: string) =>
      spawnSync('fish', ['-N', '-c', `source ${scripts.fish}; complete -C "$argv[1]"`, line], {
        encoding: 'utf8',
        cwd: folder,
        env: { ...process.env, HOME: folder },
      }).stdout;
    expect(offered('midiloom process --input_file so')).toContain('song.mid');
    expect(offered('midiloom process --output_dir run')).toContain('run-directory/');
    expect(offered('midiloom process --output_dir so')).not.toContain('song.mid');
  });
});

describe.skipIf(missingTerminal() !== undefined).each([
  ['bash', 'bash --noprofile --norc -i', 'PS1="> "'],
  ['zsh', 'zsh -f -i', 'PS1="> "; autoload -Uz compinit; compinit -u -D; setopt no_beep'],
] as const)('at the keyboard, %s', (shell, command, setUp) => {
  it.skipIf(!hasShell(shell))('completes commands, options, words and files', async () => {
    const terminal = new PseudoTerminal(command, { columns: 100, rows: 30, cwd: folder, env: { HOME: folder } });
    terminal.type(`${setUp}; source midiloom.${shell}; echo rea""dy\r`);
    await terminal.showing(/^ready$/m);
    const typed = async (keys: string, shown: RegExp): Promise<void> => {
      terminal.type(`${keys}\t`);
      await terminal.showing(shown);
      terminal.type('\x15'); // Ctrl-U: away with the line
    };
    await typed('midiloom proc', /> midiloom process/);
    await typed('midiloom checkpoint cl', /> midiloom checkpoint cleanup/);
    await typed('midiloom process --batch-s', /> midiloom process --batch_size/);
    await typed('midiloom process --text_encoder h', /> midiloom process --text_encoder hashing/);
    await typed('midiloom process --mode=st', /> midiloom process --mode=start/);
    await typed('midiloom process --input_file so', /> midiloom process --input_file song\.mid/);
    await typed('midiloom inspect so', /> midiloom inspect song\.mid/);
    terminal.type('exit\r');
    await terminal.ended;
  });
});

it('is refused for a shell that it does not know', async () => {
  const { code, stderr } = await runHere(['completion', 'tcsh']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('bash, zsh, fish')]);
});

function expectOffered(offered: readonly string[], wanted: readonly string[], unwanted: readonly string[]): void {
  const names = offered.map((each) => each.trim());
  expect(names).toEqual(expect.arrayContaining([...wanted]));
  for (const name of unwanted) expect(names).not.toContain(name);
}
