import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tonejs from '@tonejs/midi';
import { describe, expect, it } from 'vitest';
import { signatureOf } from '../../scripts/sample-data/harmony.ts';
import { allPieces, writeSampleData } from '../../scripts/sample-data/write-sample-data.ts';
import { decodeMidi } from '../../src/midi/decode-midi.ts';

const DATA = fileURLToPath(new URL('../../data/', import.meta.url));

interface Row {
  readonly midi_file: string;
  readonly text_description: string;
  readonly language?: string;
  readonly annotated_key?: string;
  readonly annotated_bpm?: number;
  readonly annotated_meter?: string;
  readonly flaw?: string;
}

const rows = readFileSync(join(DATA, 'pairs.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): Row => JSON.parse(line));
const good = rows.filter((row) => row.flaw === undefined);

function filesIn(folder: string): string[] {
  return [
    'README.md',
    'pairs.jsonl',
    ...readdirSync(join(folder, 'midi'))
      .sort()
      .map((name) => `midi/${name}`),
  ];
}

describe('the sample data', () => {
  it('is what the script makes, byte for byte', () => {
    const folder = mkdtempSync(join(tmpdir(), 'midiloom-sample-'));
    try {
      writeSampleData(folder);
      expect(filesIn(folder)).toEqual(filesIn(DATA));
      const changed = filesIn(folder).filter(
        (name) => !readFileSync(join(folder, name)).equals(readFileSync(join(DATA, name))),
      );
      expect(changed).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is small, many-sided and of several languages', () => {
    const bytes = filesIn(DATA).reduce((sum, name) => sum + readFileSync(join(DATA, name)).length, 0);
    expect(bytes).toBeLessThan(500_000);
    expect(good.length).toBe(48);
    expect(new Set(good.map((row) => row.text_description)).size).toBe(48);
    expect(new Set(good.map((row) => row.midi_file)).size).toBe(48);
    expect(new Set(good.map((row) => row.annotated_key)).size).toBeGreaterThan(20);
    expect(new Set(good.map((row) => row.annotated_meter)).size).toBeGreaterThan(7);
    expect(new Set(good.map((row) => row.language))).toEqual(new Set(['en', 'zh', 'ar', 'es', 'fr']));
    const parts = allPieces().flatMap((piece) => piece.parts);
    for (const changes of ['pedal', 'bends', 'expression', 'programs'] as const) {
      expect(parts.some((part) => (part[changes] ?? []).length > 0)).toBe(true);
    }
  });

  it.each(good.map((row) => [row.midi_file, row] as const))(
    '%s has the tempo, meter and key its row says',
    (file, row) => {
      const { header } = new tonejs.Midi(readFileSync(join(DATA, file)));
      expect(header.tempos[0]?.bpm).toSatisfy((bpm: number | undefined) => {
        return row.annotated_bpm === undefined ? bpm === undefined : Math.abs((bpm ?? 0) - row.annotated_bpm) < 0.01;
      });
      expect(header.timeSignatures[0]?.timeSignature.join('/')).toBe(row.annotated_meter);
      const outcome = decodeMidi(readFileSync(join(DATA, file)));
      if (!outcome.ok) throw new Error(outcome.error.code);
      const { sharps, minor } = outcome.score.keySignatures;
      const signature = row.annotated_key === undefined ? undefined : signatureOf(row.annotated_key);
      expect(sharps.length === 0 ? undefined : { sharps: sharps[0], minor: minor[0] === 1 }).toEqual(signature);
      expect(outcome.score.repairs).toEqual({});
    },
  );

  it.each(good.map((row) => [row.midi_file, row] as const))(
    'the caption of %s tells the truth about tempo and key',
    (file, row) => {
      const { tempos } = new tonejs.Midi(readFileSync(join(DATA, file))).header;
      const said = [...row.text_description.matchAll(/(\d+) (?:BPM|bpm|beats|dotted|quarter)/g)].map((match) =>
        Number(match[1]),
      );
      for (const bpm of said) {
        expect(tempos.some((tempo) => [1, 1.5].some((unit) => Math.abs(tempo.bpm / unit - bpm) < 2))).toBe(true);
      }
      const key = /\b([A-G])(-flat|-sharp)? (major|minor|dorian)\b/.exec(row.text_description);
      if (key === null) return;
      const accidental = key[2] === '-flat' ? 'b' : key[2] === '-sharp' ? '#' : '';
      expect(`${key[1]}${accidental} ${key[3]}`).toBe(row.annotated_key);
    },
  );

  it('has 8 to 32 bars in each piece, and no note that is out of reach or stuck', () => {
    for (const piece of allPieces()) {
      const notes = piece.parts.flatMap((part) => part.notes);
      const end = Math.max(...notes.map((note) => note.at + note.length));
      expect(end, piece.slug).toBeGreaterThanOrEqual(8 * 3);
      expect(end, piece.slug).toBeLessThanOrEqual(32 * 4);
      for (const note of notes) {
        expect(note.pitch >= 24 && note.pitch <= 100, `${piece.slug}: pitch ${note.pitch}`).toBe(true);
        expect(note.velocity >= 1 && note.velocity <= 127 && note.length > 0 && note.length <= 16, piece.slug).toBe(
          true,
        );
      }
    }
  });

  it('has its bad pairs between good ones, each with the flaw it names', () => {
    const bad = rows.filter((row) => row.flaw !== undefined);
    expect(bad.length).toBe(5);
    expect(rows[0]?.flaw ?? rows.at(-1)?.flaw).toBeUndefined();
    const outcomes = bad.map(({ midi_file, text_description }) => {
      const path = join(DATA, midi_file);
      if (!existsSync(path)) return 'missing file';
      if (text_description === '') return 'empty caption';
      const outcome = decodeMidi(readFileSync(path));
      return outcome.ok ? Object.keys(outcome.score.repairs) : outcome.error.code;
    });
    expect(outcomes).toEqual([
      'midi_truncated_header',
      'midi_not_smf',
      'missing file',
      'empty caption',
      expect.arrayContaining(['truncated_chunk']),
    ]);
  });
});
