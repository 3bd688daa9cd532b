import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CheckpointFile,
  encodeCheckpoint,
  MAX_CHECKPOINT_BYTES,
  parseCheckpoint,
} from '../../src/checkpoint/checkpoint-file.ts';
import { failureOf } from './stage-fixture.ts';

const checkpoint: CheckpointFile = {
  stage: 'midi',
  status: 'in_progress',
  session_id: '20261121_221500',
  last_processed_idx: 319,
  total_files: 909,
  timestamp: '2026-11-21T22:15:00.123Z',
  batch_info: { current_batch: 10, total_batches: 29, batch_size: 32, processing_time: 1.9, files_per_second: 168.2 },
  processed_data: {
    directory: 'midi_checkpoint.d',
    lost_segments: [],
    segments: 1,
    records: 320,
    bytes: 1048576,
    chain: 'sha256:aa',
  },
  completed: 319,
  failed: [failureOf(5)],
  failed_count: 1,
  in_progress: [320, 351],
  plan: { input_file: 'pairs.jsonl', first_index: 0, hash_at_last: 'sha256:bb', fields: { text: 'caption' } },
  fingerprint: { id: 'sha256:cc', options: { tokenizer: 'TSD', nested: { b: 1, a: [1, 2] } } },
};

const parse = (text: string) => parseCheckpoint(Buffer.from(text));

test('what is encoded is parsed back, and is readable', () => {
  const bytes = encodeCheckpoint(checkpoint);
  expect(parseCheckpoint(bytes)).toEqual({ kind: 'valid', checkpoint });
  expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject({
    format: 'midiloom-checkpoint',
    version: 2,
    ...checkpoint,
    checksum: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
});

test('a checkpoint cut at any length is invalid', () => {
  const bytes = encodeCheckpoint(checkpoint);
  for (let length = 0; length < bytes.length; length++) {
    expect(parseCheckpoint(bytes.subarray(0, length)), `${length} bytes`).toMatchObject({ kind: 'invalid' });
  }
});

test('a checkpoint with any bit flipped is invalid', () => {
  const good = encodeCheckpoint(checkpoint);
  for (let bit = 0; bit < good.length * 8; bit++) {
    const bytes = Buffer.from(good);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(parseCheckpoint(bytes), `bit ${bit}`).toMatchObject({ kind: 'invalid' });
  }
});

test('the same value in another text is invalid: spaces, escapes, repeated keys, a byte at the end', () => {
  const text = Buffer.from(encodeCheckpoint(checkpoint)).toString();
  const others = [
    text.trimEnd(),
    `${text} `,
    `\ufeff${text}`,
    JSON.stringify(JSON.parse(text)),
    text.replace('"midi"', '"\\u006didi"'),
    text.replace('"version": 2', '"version": 2.0'),
    text.replace('"version": 2', '"version": 1,\n  "version": 2'),
  ];
  for (const other of others) expect(parse(other), other.slice(0, 60)).toMatchObject({ kind: 'invalid' });
});

test('of many long failures the latest are shown, within 64 KB', () => {
  const failed = Array.from({ length: 500 }, (_, index) => ({
    ...failureOf(index),
    error: '\u0001\ud800'.repeat(250),
  }));
  const bytes = encodeCheckpoint({ ...checkpoint, failed, failed_count: 500 });
  expect(bytes.length).toBeLessThanOrEqual(MAX_CHECKPOINT_BYTES);
  const parsed = parseCheckpoint(bytes);
  expect(parsed).toMatchObject({ kind: 'valid', checkpoint: { failed_count: 500 } });
  if (parsed.kind === 'valid') expect(parsed.checkpoint.failed.at(-1)?.index).toBe(499);
});

test('options too long for a checkpoint are refused instead of written', () => {
  const fingerprint = { id: 'x', options: { long: 'x'.repeat(MAX_CHECKPOINT_BYTES) } };
  expect(() => encodeCheckpoint({ ...checkpoint, fingerprint })).toThrow(
    expect.objectContaining({ code: 'checkpoint_too_large' }),
  );
});

test('forms made elsewhere are told apart and named, whatever their size', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => ({ index, midi_tokens: [1, 2, 3] }));
  const forms: readonly (readonly [code: string, value: unknown])[] = [
    ['checkpoint_legacy', [{ index: 0 }]],
    ['checkpoint_legacy', rows.slice(0, 3)],
    ['checkpoint_legacy', rows],
    ['checkpoint_inline', { last_processed_idx: 2, processed_data: rows.slice(0, 3) }],
    ['checkpoint_inline', { last_processed_idx: 4999, processed_data: rows }],
    ['checkpoint_legacy', { completed: [0, 1], in_progress: [], failed: [], last_updated: 'x' }],
    ['checkpoint_legacy', { completed: rows.map((row) => row.index).concat(Array(20000).fill(7)), failed: [] }],
  ];
  for (const [code, value] of forms) {
    const found = parse(JSON.stringify(value));
    expect(found, code).toMatchObject({ kind: 'foreign', code, reason: expect.stringContaining('import') });
  }
});

test('any JSON and any bytes get an answer, and are never taken for a checkpoint', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string(), fc.constant('['.repeat(60_000))), (text) => {
      expect(['invalid', 'foreign']).toContain(parse(text).kind);
    }),
  );
});
