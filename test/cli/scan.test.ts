import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { runHere } from './run-here.ts';

const folder = temporaryFolder('scan');
const SAMPLES = fileURLToPath(new URL('../../data/', import.meta.url));

describe('midiloom scan', () => {
  it('says what is there, what would fail, and the command to run, which then runs', async () => {
    const place = join(folder, 'a b');
    mkdirSync(place);
    cpSync(join(SAMPLES, 'midi'), join(place, 'midi'), { recursive: true });
    writeFileSync(join(place, '._junk.mid'), 'x');
    const json = await runHere(['scan', 'a b', '--json'], { cwd: folder });
    expect(json, json.stderr).toMatchObject({ code: 0 });
    const scan = JSON.parse(json.stdout);
    expect(scan).toMatchObject({ format: 'folder', with_text: 0, fields: { midi: 'midi_file', text: null } });
    expect(scan.notes.join()).toContain('leftovers of an operating system');
    expect(scan.sample.failures.midi_not_smf).toMatchObject({ count: expect.any(Number) });
    expect(scan.estimate.checkpoint_bytes).toBeGreaterThan(1000);
    expect(scan.command).toBe("midiloom process --input_file 'a b' --text_encoder none --output_dir run");

    const text = await runHere(['scan', 'a b'], { cwd: folder });
    expect(text.stdout).toContain(scan.command);
    const argv = ['process', '--input_file', 'a b', '--text_encoder', 'none', '--output_dir', 'run', '--quiet'];
    const run = await runHere([...argv, '--workers', '1'], { cwd: folder });
    expect(run, run.stderr).toMatchObject({ code: 0 });
  });

  it('names the fields of a list that it cannot use, with exit 2', async () => {
    writeFileSync(join(folder, 'songs.csv'), 'song,words\na.mid,x\n');
    const refused = await runHere(['scan', 'songs.csv'], { cwd: folder });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--midi_field');
    const told = await runHere(['scan', 'songs.csv', '--midi_field', 'song', '--text_field', 'words'], { cwd: folder });
    expect(told.stdout).toContain('--midi_field song --text_field words --output_dir run');
    expect(told.stdout).toContain('midi_file_not_found 1');
  });

  it('does not take a record that cannot be read for one without text', async () => {
    const file = join(folder, 'broken.jsonl');
    writeFileSync(file, '{"midi_file": "a.mid", "caption": "a"}\n{broken\n');
    const { stdout } = await runHere(['scan', file, '--json']);
    expect(JSON.parse(stdout).command).not.toContain('--captions');
  });
});
