import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { encodeMidi } from '../../src/midi/encode-midi.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { unpackMidiRecord } from '../../src/worker/midi-record.ts';
import { createMidiProcessor } from '../../src/worker/process-midi.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyMidi } from '../tiny-midi.ts';
import { USUAL_SETTINGS } from './usual-settings.ts';

const folder = temporaryFolder('midi-losses');

/** Twelve quarter notes, of which one is below and one above what MidiTok's default range holds, in 7/8 and at 500 BPM. */
function oddPiece(): Uint8Array {
  const decoded = decodeMidi(tinyMidi([60, 62, 64, 65, 67, 5, 60, 62, 120, 65, 67, 69]));
  if (!decoded.ok) throw new Error(decoded.error.message);
  const { score } = decoded;
  return encodeMidi({
    ...score,
    timeSignatures: { tick: Float64Array.of(0), numerator: Uint16Array.of(7), denominator: Uint16Array.of(8) },
    tempos: { tick: Float64Array.of(0), microsecondsPerQuarter: Float64Array.of(120_000) },
  });
}

const OPTIONS = {
  use_programs: true,
  use_tempos: true,
  use_time_signatures: true,
  additional_params: { max_bar_embedding: 2 },
};

function processed(maxDroppedShare: number, maxSequenceLength?: number) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'odd.mid'), oddPiece());
  const process = createMidiProcessor(
    {
      ...USUAL_SETTINGS,
      midiRoot: folder,
      tokenizer: parseTokenizerConfig(JSON.stringify({ tokenization: 'Octuple', config: OPTIONS })),
      maxSequenceLength,
      maxDroppedShare,
    },
    undefined,
  );
  return process({ index: 0, midiFile: 'odd.mid' });
}

it('a record says how many notes its tokens lack, and why', () => {
  const outcome = processed(1, 5);
  if (!outcome.ok) throw new Error(outcome.error);
  const { metadata, tokens } = unpackMidiRecord(outcome.bytes);
  const rows = tokens.streams.reduce((sum, ids) => sum + ids.length / tokens.columns, 0);
  expect(metadata).toMatchObject({
    n_notes: 12,
    dropped_notes: { pitch_range: 2, drums_pitch_range: 0, programs: 0 },
    replaced_meters: ['7/8'],
    replaced_tempos: 1,
  });
  expect(metadata.n_dropped_notes).toBe(12 - rows);
  expect(metadata.dropped_share).toBeCloseTo((12 - rows) / 12, 5);
});

it('a pair fails whose tokens lack more than a share of its notes', () => {
  expect(processed(0.9).ok).toBe(true);
  const outcome = processed(0.1);
  expect(outcome).toMatchObject({ ok: false, code: 'midi_notes_dropped' });
  expect(outcome.ok ? '' : outcome.error).toMatch(
    /^the tokens lack \d+ notes, [\d.]+ % of the file: 2 outside the pitch range/,
  );
});
