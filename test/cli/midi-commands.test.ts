import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeMidi } from 'midiloom';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyMidi } from '../tiny-midi.ts';
import { runHere } from './run-here.ts';

const folder = temporaryFolder('midi-commands');
const scale = join(folder, 'scale.mid');
writeFileSync(scale, tinyMidi([60, 62, 64, 65, 67]));

describe('midiloom inspect', () => {
  it('says what is in a file, and shows a piano roll', async () => {
    const { code, stdout } = await runHere(['inspect', scale]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/5 notes/);
    expect(stdout).toMatch(/G4 [\u2800-\u28ff]+/);
  });

  it('prints the same as JSON', async () => {
    const { stdout } = await runHere(['inspect', scale, '--json', '--tokenizer', 'remi']);
    expect(JSON.parse(stdout)).toMatchObject({
      tokenizer: 'REMI',
      repairs: {},
      features: { n_notes: 5, pitch_min: 60, pitch_max: 67 },
      tracks: [{ instrument: 'Acoustic Grand Piano', notes: 5 }],
    });
  });

  it('draws an SVG in which hostile names are only text', async () => {
    const svg = join(folder, 'roll.svg');
    const name = Buffer.from('</title><script>alert(1)</script>\u202e');
    const meta = Buffer.concat([Buffer.from([0, 0xff, 3, name.length]), name]);
    const bytes = tinyMidi();
    const hostile = Buffer.concat([bytes.subarray(0, 22), meta, bytes.subarray(22)]);
    hostile.writeUInt32BE(bytes.length - 22 + meta.length, 18);
    writeFileSync(join(folder, 'hostile.mid'), hostile);
    expect(await runHere(['inspect', join(folder, 'hostile.mid'), '--svg', svg])).toMatchObject({ code: 0 });
    const text = readFileSync(svg, 'utf8');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;\ufffd');
    expect(text).not.toContain('<script');
  });

  it('shows where a file is broken and what others do with it, and writes it without its faults', async () => {
    const broken = join(folder, 'broken.mid');
    const whole = readFileSync(scale);
    writeFileSync(broken, Buffer.concat([Buffer.from('junk'), whole]));
    const mended = join(folder, 'mended.mid');
    const { code, stdout } = await runHere(['inspect', broken, '--repair', mended]);
    expect(code).toBe(0);
    expect(stdout).toContain('byte 0 (0x0): bytes before the header skipped; symusic refuses the file');
    expect(readFileSync(mended)).toEqual(whole);
    const { stdout: json } = await runHere(['inspect', broken, '--json']);
    expect(JSON.parse(json).faults).toMatchObject([{ repair: 'leading_bytes', byte: 0, midi_track: null }]);
  });

  it('refuses what is no MIDI file with its code', async () => {
    const file = join(folder, 'text.mid');
    writeFileSync(file, 'not music');
    expect(await runHere(['inspect', file])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('[midi_not_smf]'),
    });
  });
});

describe('midiloom detokenize', () => {
  it.each(['remi', 'tsd', 'cpword', 'octuple'])(
    'turns the ids of a row back into the notes (%s)',
    async (tokenizer) => {
      const manifest = join(folder, `${tokenizer}.jsonl`);
      writeFileSync(manifest, JSON.stringify({ midi_file: 'scale.mid', text_description: 'a scale' }));
      const outputDir = join(folder, tokenizer);
      const run = ['process', '--input_file', manifest, '--output_dir', outputDir, '--tokenizer', tokenizer];
      const output = ['--text_encoder', 'hashing', '--workers', '1', '--output_format', 'jsonl'];
      expect(await runHere([...run, ...output])).toMatchObject({ code: 0 });

      const back = join(folder, `${tokenizer}.mid`);
      const dataset = join(outputDir, 'dataset');
      const config = ['--tokenizer_config', join(dataset, 'tokenizer.json')];
      const result = await runHere(['detokenize', join(dataset, 'processed_data.jsonl'), ...config, '--output', back]);
      expect(result, result.stderr).toMatchObject({ code: 0 });
      const decoded = decodeMidi(readFileSync(back));
      expect(decoded.ok && [...(decoded.score.tracks[0]?.notes.pitch ?? [])]).toEqual([60, 62, 64, 65, 67]);
    },
  );

  it.each([
    ['not JSON', '{"ids": ['],
    ['no ids', '{"tokens": [1]}'],
    ['a word', '["C4"]'],
    ['an id that is not in the vocabulary', '[65000]'],
  ])('refuses %s', async (_, content) => {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, content);
    const result = await runHere(['detokenize', file, '--output', join(folder, 'wrong.mid')]);
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining('[ids_invalid]') });
  });
});
