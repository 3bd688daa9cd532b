import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyMidi } from '../tiny-midi.ts';
import { runHere } from './run-here.ts';

const folder = temporaryFolder('bad-input');
writeFileSync(join(folder, 'a.mid'), tinyMidi());

function manifest(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const pair = (midi: string, text: string): string => JSON.stringify({ midi_file: midi, text_description: text });
const goodPairs = manifest(
  'good.jsonl',
  [pair('a.mid', 'one'), pair('a.mid', 'two'), pair('a.mid', 'three')].join('\n'),
);

function process(inputFile: string, outputDir: string, ...more: string[]) {
  const hashing = ['--text_encoder', 'hashing', '--workers', '1'];
  return runHere(['process', '--input_file', inputFile, '--output_dir', join(folder, outputDir), ...hashing, ...more]);
}

describe('the command line refuses', () => {
  it.each([
    [['process', '--colour', 'blue'], "unknown option '--colour'"],
    [['process'], 'name it with --input_file'],
    [['process', '--input_file', 'x', '--tokenizer', 'abc'], 'use one of remi, tsd'],
    [
      ['process', '--input_file', 'x', '--workers', '0'],
      '--workers: "0" is not allowed; use an integer, from 1 to 256, or auto',
    ],
    [['process', '--input_file', join(folder, 'absent.jsonl')], 'absent.jsonl'],
    [['compose'], "unknown command 'compose'"],
  ])('%j with exit 2', async (args, message) => {
    const result = await runHere(args, { cwd: folder });
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain(message);
  });

  it.each([
    ['an empty manifest', 'empty.jsonl', '', 'empty'],
    ['only broken lines', 'broken.jsonl', `{"midi_file": \n{"midi_file": \n`, 'line 1'],
    ['a broken element of an array', 'broken.json', `[${pair('a.mid', 'x')},\n{"midi_file": }]`, 'line 2'],
    ['no field that is known', 'unknown.jsonl', '{"song": "a.mid", "words": "x"}\n', 'its fields are song, words'],
    ['bytes that are not UTF-8', 'latin1.jsonl', Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]), 'UTF-8'],
  ])('%s with exit 2', async (_, name, content, message) => {
    const result = await process(manifest(name, content), 'refused');
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
  });

  it('takes hyphens for underscores', async () => {
    const result = await runHere([
      'process',
      '--input-file',
      goodPairs,
      '--output-dir',
      join(folder, 'hyphens'),
      '--text-encoder=hashing',
    ]);
    expect(result, result.stderr).toMatchObject({ code: 0 });
  });
});

describe('a bad pair', () => {
  it('is a failure with a code, and the others go on', async () => {
    writeFileSync(join(folder, 'text.mid'), 'not music');
    writeFileSync(join(folder, 'no-notes.mid'), tinyMidi([]));
    writeFileSync(join(folder, 'cut.mid'), tinyMidi().subarray(0, 30));
    mkdirSync(join(folder, 'folder.mid'), { recursive: true });
    const pairs = [
      pair('a.mid', 'good'),
      pair('text.mid', 'text'),
      pair('no-notes.mid', 'silence'),
      pair('absent.mid', 'absent'),
      pair('../outside.mid', 'outside'),
      pair('folder.mid', 'folder'),
      pair('a.mid', ''),
      JSON.stringify({ text_description: 'no midi' }),
      pair('a.mid', 'good again'),
      pair('cut.mid', 'repaired'),
    ];
    const result = await process(
      manifest('bad-pairs.jsonl', pairs.join('\n')),
      'bad-pairs',
      '--output_format',
      'jsonl',
    );
    expect(result, result.stderr).toMatchObject({ code: 0 });
    const dataset = join(folder, 'bad-pairs', 'dataset');
    const lines = (file: string) => readFileSync(join(dataset, file), 'utf8').trim().split('\n');
    const failures = lines('failures.jsonl').map((line) => JSON.parse(line));
    expect(Object.fromEntries(failures.map(({ index, code }) => [index, code]))).toEqual({
      1: 'midi_not_smf',
      2: 'midi_empty',
      3: 'midi_file_not_found',
      4: 'midi_path_outside',
      5: 'midi_file_not_regular',
      6: 'missing_text',
      7: 'missing_midi',
    });
    const rows = lines('processed_data.jsonl').map((line) => JSON.parse(line));
    expect(rows.map(({ index, text_description }) => [index, text_description])).toEqual([
      [0, 'good'],
      [8, 'good again'],
      [9, 'repaired'],
    ]);
  });

  it('counts against --max_failed', async () => {
    const file = manifest('half.jsonl', [pair('a.mid', 'good'), pair('absent.mid', 'bad')].join('\n'));
    expect(await process(file, 'half-0', '--max_failed', '0')).toMatchObject({ code: 3 });
    expect(await process(file, 'half-1', '--max_failed', '1')).toMatchObject({ code: 0 });
  });
});

describe('a run directory', () => {
  it('is not started over by --mode start', async () => {
    expect(await process(goodPairs, 'started', '--mode', 'start')).toMatchObject({ code: 0 });
    const again = await process(goodPairs, 'started', '--mode', 'start');
    expect(again.code).toBe(5);
    expect(again.stderr).toContain('--mode continue');
    expect(await process(goodPairs, 'started', '--mode', 'start', '--force_restart')).toMatchObject({ code: 0 });
  });

  it('refuses another tokenizer and says which options differ', async () => {
    expect(await process(goodPairs, 'locked')).toMatchObject({ code: 0 });
    const other = await process(goodPairs, 'locked', '--tokenizer', 'octuple');
    expect(other.code).toBe(5);
    expect(other.stderr).toMatch(/tokenizer\.tokenization.*TSD.*Octuple/s);
  });

  it('refuses another order of the pairs and names the first that differs', async () => {
    const input = manifest(
      'order.jsonl',
      [pair('a.mid', 'one'), pair('a.mid', 'two'), pair('a.mid', 'three')].join('\n'),
    );
    expect(await process(input, 'order')).toMatchObject({ code: 0 });
    manifest('order.jsonl', [pair('a.mid', 'one'), pair('a.mid', 'three'), pair('a.mid', 'two')].join('\n'));
    const other = await process(input, 'order');
    expect(other.code).toBe(5);
    expect(other.stderr).toContain('the first pair that differs has index 1');
  });

  it('takes pairs that were appended', async () => {
    const input = manifest('growing.jsonl', pair('a.mid', 'one'));
    expect(await process(input, 'growing')).toMatchObject({ code: 0 });
    manifest('growing.jsonl', [pair('a.mid', 'one'), pair('a.mid', 'two')].join('\n'));
    const result = await process(input, 'growing', '--json');
    expect(JSON.parse(result.stdout)).toMatchObject({ status: 'complete', total: 2, completed: 2 });
  });
});
