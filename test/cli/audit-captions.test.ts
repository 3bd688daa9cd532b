import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runHere } from './run-here.ts';

const folder = temporaryFolder('audit-captions');

interface SamplePair {
  readonly midi_file: string;
  readonly text_description: string;
}

/** The sample's pairs whose captions state something, several times over; row `i` has the caption of row `captionOf(i)`. */
function manifest(name: string, captionOf: (row: number) => number): string {
  const lines = readFileSync(SAMPLE, 'utf8').trim().split('\n');
  const all = lines.map((line): SamplePair => JSON.parse(line));
  const samples = all.filter(({ text_description: text }) => /BPM|major|minor/.test(text ?? ''));
  for (const { midi_file: midi } of samples) copyFileSync(join(dirname(SAMPLE), midi), join(folder, basename(midi)));
  const rows = Array.from({ length: 90 }, (_, row) => samples[(row * 7) % samples.length]);
  const pairs = rows.map((pair, row) => ({
    midi_file: basename(pair?.midi_file ?? ''),
    caption: rows[captionOf(row)]?.text_description ?? '',
  }));
  const file = join(folder, name);
  writeFileSync(file, pairs.map((pair) => JSON.stringify(pair)).join('\n'));
  return file;
}

describe('midiloom audit-captions', () => {
  it('finds nothing wrong with the sample', async () => {
    const { code, stdout, stderr } = await runHere(['audit-captions', SAMPLE, '--json', '--max_contradictions', '0']);
    expect(code, `${stdout}${stderr}`).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ pairs: 53, with_contradictions: 0, shifts: [], contradictions: [] });
  });

  it('names captions that the music contradicts, with their words and what is there, and ends with 3 above the limit', async () => {
    const file = manifest('exchanged.jsonl', (row) => (row === 10 ? 11 : row === 11 ? 10 : row));
    const patient = await runHere(['audit-captions', file]);
    expect(patient.code, patient.stderr).toBe(0);
    expect(patient.stdout).toMatch(/\n10 .+\.mid\n {2}\w+: ".+", but the music has .+/);
    expect((await runHere(['audit-captions', file, '--max_contradictions', '1'])).code).toBe(3);
  });

  it('finds rows that are shifted, and ends with 3', async () => {
    const file = manifest('shifted.jsonl', (row) => (row >= 30 && row < 60 ? row - 1 : row));
    const { code, stdout, stderr } = await runHere(['audit-captions', file]);
    expect(code, stderr).toBe(3);
    expect(stdout).toMatch(/of rows (29|3\d) to (5\d|6[0-4]) are of the music one row before/);
  });

  it('refuses a limit that is none', async () => {
    const { code, stderr } = await runHere(['audit-captions', SAMPLE, '--max_contradictions', 'few']);
    expect(code).toBe(2);
    expect(stderr).toContain('--max_contradictions');
  });
});
