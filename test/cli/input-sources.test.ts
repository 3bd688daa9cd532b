import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { runHere } from './run-here.ts';

const folder = temporaryFolder('input-sources');
const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../data/midi/', import.meta.url));
const quick = ['--text_encoder', 'hashing', '--output_format', 'jsonl', '--workers', '1', '--quiet', '--json'];

function process(...args: readonly string[]) {
  return runHere(['process', ...args, ...quick], { cwd: folder });
}

function rows(run: string): readonly Record<string, unknown>[] {
  const text = readFileSync(join(folder, run, 'dataset/processed_data.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

beforeAll(() => {
  mkdirSync(join(folder, 'midi'));
  const samples = readdirSync(SAMPLES).filter((name) => name.endsWith('.mid') && !name.startsWith('bad-'));
  for (const [at, name] of samples.slice(0, 4).entries())
    copyFileSync(join(SAMPLES, name), join(folder, `midi/${at}.mid`));
  const lines = [0, 1, 2, 3].map((at) => JSON.stringify({ path: `midi/${at}.mid`, captions: [`a ${at}`, `b ${at}`] }));
  writeFileSync(join(folder, 'pairs.jsonl'), lines.join('\n'));
});

describe('standard input', () => {
  it('is kept in the run directory, so that the run goes on without it', async () => {
    const args = ['process', '--input_file', '-', '--output_dir', 'piped', ...quick];
    const input = gzipSync(readFileSync(join(folder, 'pairs.jsonl')));
    const first = JSON.parse(execFileSync('node', [MAIN, ...args], { cwd: folder, input, encoding: 'utf8' }));
    expect(first).toMatchObject({ status: 'complete', total: 8, failed: 0 });
    const again = await process('--output_dir', 'piped');
    expect(again, again.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(again.stdout)).toMatchObject({ status: 'complete', total: 8 });
    expect(readdirSync(join(folder, 'piped')).filter((name) => name.includes('standard-input'))).toHaveLength(1);
  });
});

describe('a first look', () => {
  it('by --limit goes on into the whole, and ends as a run of the whole', async () => {
    const limited = await process('--input_file', 'pairs.jsonl', '--output_dir', 'grown', '--limit', '2');
    expect(JSON.parse(limited.stdout)).toMatchObject({ total: 4 });
    const grown = await process('--input_file', 'pairs.jsonl', '--output_dir', 'grown', '--no_limit');
    expect(grown, grown.stderr).toMatchObject({ code: 0 });
    await process('--input_file', 'pairs.jsonl', '--output_dir', 'whole');
    expect(rows('grown')).toEqual(rows('whole'));
  });

  it('by --sample is the same for the same seed, and another for another', async () => {
    const files = async (seed: string, run: string) => {
      await process(
        '--input_file',
        'pairs.jsonl',
        '--output_dir',
        run,
        '--sample',
        '2',
        '--seed',
        seed,
        '--captions',
        'first',
      );
      return rows(run).map(({ midi_file }) => midi_file);
    };
    const drawn = await files('1', 'sample-1');
    expect(drawn).toHaveLength(2);
    expect(await files('1', 'sample-2')).toEqual(drawn);
  });
});

describe('a manifest', () => {
  it('given twice is refused, in place of dropping one', async () => {
    const result = await process('--input_file', 'pairs.jsonl', '--input_file', 'other.jsonl', '--output_dir', 'twice');
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('--input_file is given twice');
  });

  it.each([
    ['notes.mid', 'MThd\u0000\u0000\u0000\u0006', 'a MIDI file itself'],
    ['pairs.zip', 'PK\u0003\u0004....', 'a zip archive'],
    ['pairs.bin', '\u0000\u0001\u0002\u0003', 'no text'],
  ])('that is something else is called by its name: %s', async (name, content, message) => {
    writeFileSync(join(folder, name), content, 'latin1');
    const result = await process('--input_file', name, '--output_dir', 'foreign');
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
  });

  it('without any text is refused before any work, with what to say', async () => {
    writeFileSync(join(folder, 'silent.csv'), 'path;mood\nmidi/0.mid;calm\n');
    const result = await process('--input_file', 'silent.csv', '--output_dir', 'silent');
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('its fields are path, mood');
    expect(result.stderr).toContain('--captions optional');
    const optional = await process('--input_file', 'silent.csv', '--output_dir', 'silent', '--captions', 'optional');
    expect(optional, optional.stderr).toMatchObject({ code: 0 });
    expect(rows('silent')).toMatchObject([{ text_description: null, text_features: null }]);
  });
});

describe('MIDI files', () => {
  const said = (name: string, lines: readonly object[], ...args: readonly string[]) => {
    writeFileSync(join(folder, name), lines.map((line) => JSON.stringify(line)).join('\n'));
    const options = ['--text_encoder', 'hashing', '--workers', '1'];
    return runHere(['process', '--input_file', name, '--output_dir', `${name}-run`, ...options, ...args], {
      cwd: folder,
    });
  };

  it('that are nowhere: where they were looked for is said, though never in the data set', async () => {
    const { stderr } = await said('lost.jsonl', [{ path: 'elsewhere/0.mid', text: 'x' }]);
    expect(stderr).toContain(`None of the first 1 MIDI files is there, such as "elsewhere/0.mid" in ${folder}`);
    expect(stderr).toContain('--midi_root');
  });

  it('that are spelled otherwise on the disk are found, which is said once', async () => {
    copyFileSync(join(folder, 'midi/0.mid'), join(folder, 'midi/caf\u00e9.mid'));
    const { code, stderr } = await said('spelled.jsonl', [
      { path: 'midi\\cafe\u0301.mid', text: 'x' },
      { path: 'midi\\0.mid', text: 'y' },
    ]);
    expect(code, stderr).toBe(0);
    expect(stderr.match(/spelled otherwise/g)).toHaveLength(1);
  });
});

describe('captions of one piece', () => {
  it('are rows with the same tokens, split and group, which --dedupe keeps together', async () => {
    const split = ['--split', 'train=0.5,test=0.5', '--dedupe', 'exact'];
    const result = await process('--input_file', 'pairs.jsonl', '--output_dir', 'several', ...split);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    const all = rows('several');
    expect(all.map(({ caption_index }) => caption_index)).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
    for (let at = 0; at < all.length; at += 2) {
      const [first, second] = [all[at], all[at + 1]];
      expect(second?.midi_tokens).toEqual(first?.midi_tokens);
      expect([second?.split, second?.duplicate_group, second?.id]).toEqual([
        first?.split,
        first?.duplicate_group,
        first?.id,
      ]);
      expect(second?.text_description).not.toBe(first?.text_description);
    }
  });
});
