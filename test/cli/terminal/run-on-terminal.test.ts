import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { tinyMidi } from '../../tiny-midi.ts';
import { type CliResult, runCli } from '../run-cli.ts';
import { missingTerminal, PseudoTerminal } from './pseudo-terminal.ts';

const SAMPLE = fileURLToPath(new URL('../../../data/pairs.jsonl', import.meta.url));
const folder = temporaryFolder('terminal');
writeFileSync(join(folder, 'a.mid'), tinyMidi());

function manifest(name: string, pairs: number): string {
  const line = (at: number) => JSON.stringify({ midi_file: 'a.mid', text_description: `a slow waltz, take ${at}` });
  writeFileSync(join(folder, name), Array.from({ length: pairs }, (_, at) => line(at)).join('\n'));
  return name;
}

function processing(inputFile: string, outputDir: string, ...more: string[]): string[] {
  const options = ['--text_encoder', 'hashing', '--workers', '1', '--output_format', 'jsonl'];
  return ['process', '--input_file', inputFile, '--output_dir', outputDir, ...options, ...more];
}

const few = manifest('few.jsonl', 8);
/** Enough to be in the middle of it when something happens. */
const many = manifest('many.jsonl', 30_000);
const small = ['--batch_size', '4', '--checkpoint_interval', '2'];

describe.skipIf(missingTerminal() !== undefined)('a run on a terminal', () => {
  it('shows bars that stay, notices above them, and the summary below', async () => {
    const terminal = PseudoTerminal.midiloom(processing(SAMPLE, join(folder, 'bars')), { columns: 100 });
    expect(await terminal.ended).toBe(0);
    const lines = await terminal.screen();
    const bars = lines.filter((line) => /^(midi|text|merge) /.test(line));
    expect(bars.map((line) => line.slice(0, 40))).toEqual([
      expect.stringMatching(/^midi {2}\[={24}\] /),
      expect.stringMatching(/^text {2}\[={24}\] /),
      expect.stringMatching(/^merge \[={24}\] /),
    ]);
    expect(lines.indexOf(bars[2] ?? '')).toBeLessThan(lines.findIndex((line) => line.startsWith('Complete')));
    // No colour, and a cursor that is there whatever ends the process.
    expect(terminal.raw.split('\x1b[').filter((after) => /^[\d;]*m|^\?25l/.test(after))).toEqual([]);
  });

  it('breaks no word of a result, and draws a piano roll as wide as the window', async () => {
    const midi = join(dirname(SAMPLE), JSON.parse(readFileSync(SAMPLE, 'utf8').split('\n')[0] ?? '').midi_file);
    const terminal = PseudoTerminal.midiloom(['inspect', midi], { columns: 50, rows: 60 });
    expect(await terminal.ended).toBe(0);
    const lines = await terminal.screen();
    const roll = lines.filter((line) => /[\u2800-\u28ff]/.test(line));
    expect(roll).toHaveLength(12);
    for (const line of roll) expect(line).toMatch(/^.{4} [\u2800-\u28ff]{45}$/);
  });

  it('keeps a long notice whole, and the bars below it', async () => {
    const outputDir = join(folder, 'long-notice');
    const notice = ['--log_level', 'debug'];
    const terminal = PseudoTerminal.midiloom(processing(few, outputDir, ...small, ...notice), {
      columns: 40,
      cwd: folder,
    });
    expect(await terminal.ended).toBe(0);
    const text = (await terminal.screen())
      .map((line) => line.trim())
      .join('')
      .replaceAll(' ', '');
    expect(text).toContain(`debug:locktaken(file${join(outputDir, 'midiloom.lock')})`);
  });

  it('stops at Ctrl-C with everything saved, and says so below the bars', async () => {
    const terminal = PseudoTerminal.midiloom(processing(many, 'ctrl-c', ...small), { cwd: folder });
    await terminal.showing(/midi .*saved/);
    terminal.type('\x03');
    expect(await terminal.ended).toBe(130);
    const lines = await terminal.screen();
    expect(lines.join('\n')).toContain('SIGINT received: finishing the batches in flight and saving');
    expect(lines.filter((line) => line.startsWith('midi '))).toHaveLength(1);
    expect(lines.join('\n')).toContain('Stopped, everything finished is saved');
    expect(terminal.raw).not.toContain('    at ');
  });

  it('is painted anew in a window of another size', async () => {
    const terminal = PseudoTerminal.midiloom(processing(many, 'resized', ...small), { columns: 90, cwd: folder });
    await terminal.showing(/midi .*saved/);
    terminal.resize(40);
    await terminal.showing(/^midi {2}.{1,33}$/m);
    terminal.resize(100);
    // A frame that was under way when the window changed may stay above; the block is whole.
    await terminal.showing(/^midi {2}\[.* saved .*\ntext {2}\[.*$/m);
    terminal.type('\x03');
    expect(await terminal.ended).toBe(130);
  });

  it('saves when the window is closed', async () => {
    const terminal = PseudoTerminal.midiloom(processing(many, 'hung-up', ...small), { cwd: folder });
    await terminal.showing(/midi .*saved/);
    terminal.hangUp();
    await terminal.ended;
    await untilReleased(join(folder, 'hung-up'));
    const sessions = readFileSync(join(folder, 'hung-up', 'sessions.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(JSON.parse(sessions.at(-1) ?? '')).toMatchObject({ status: 'interrupted', reason: 'SIGHUP' });
  });

  it('has no bars where the terminal is dumb, or only warnings are wanted', async () => {
    const dumb = PseudoTerminal.midiloom(processing(few, 'dumb'), { cwd: folder, env: { TERM: 'dumb' } });
    expect(await dumb.ended).toBe(0);
    expect(dumb.raw).toContain('midi: 8/8 saved');
    expect(dumb.raw).not.toContain('\x1b');
    const quiet = PseudoTerminal.midiloom(processing(few, 'quiet', '--quiet'), { cwd: folder });
    expect(await quiet.ended).toBe(0);
    expect(await quiet.screen()).toEqual([]);
  });
});

describe.skipIf(missingTerminal() !== undefined)('the question whether to go on', () => {
  const question = /Continue it\? \[Y = yes, n = no, quit; r = restart from nothing\]/;
  // Nothing that is answered here changes it, so that one run serves all.
  let done: Promise<CliResult> | undefined;
  const asked = async (): Promise<PseudoTerminal> => {
    done ??= runCli(processing(few, 'asked', '--quiet'), { cwd: folder });
    expect(await done, (await done).stderr).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const terminal = PseudoTerminal.midiloom(processing(few, 'asked', '--mode', 'start'), { cwd: folder });
    await terminal.showing(question);
    return terminal;
  };

  it.each([
    ['Ctrl-C', '\x03'],
    ['Ctrl-D', '\x04'],
    ['n', 'n\r'],
    ['no', 'no\r'],
    ['quit', 'quit\r'],
  ])('%s leaves everything as it is, quietly', async (_, keys) => {
    const terminal = await asked();
    terminal.type(keys);
    expect(await terminal.ended).toBe(130);
    const text = (await terminal.screen()).join('\n');
    expect(text).toMatch(/Nothing was changed\.$/);
    expect(text).not.toMatch(/Error|\[[a-z_]+\]$| at /m);
  });

  it.each([
    ['y', 'y\r', 'found MIDI 8/8'],
    ['anything else, then Enter', 'what\r\r', 'found MIDI 8/8'],
    ['r', 'r\r', '8 pairs in '],
  ])('%s goes on', async (_, keys, said) => {
    const terminal = await asked();
    terminal.type(keys);
    expect(await terminal.ended).toBe(0);
    const text = (await terminal.screen()).join('\n');
    expect(text).toContain(said);
    expect(text.includes('found MIDI')).toBe(said.startsWith('found'));
  });
});

/** Waits until no run holds the directory. */
async function untilReleased(directory: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const { stdout } = await runCli(['status', '--output_dir', directory, '--json']);
    if (JSON.parse(stdout).running === null) return;
    if (performance.now() > deadline) throw new Error(`a run still holds ${directory}`);
  }
}
