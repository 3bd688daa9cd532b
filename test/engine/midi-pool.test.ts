import { afterAll, describe, expect, it } from 'vitest';
import { openMidiPool } from '../../src/engine/midi-pool.ts';
import { presetConfig } from '../../src/tokens/preset-config.ts';

const settings = {
  midiRoot: '/',
  allowOutside: false,
  maxFileBytes: 1,
  tokenizer: presetConfig('tsd'),
  maxSequenceLength: undefined,
  sequencePolicy: 'truncate',
  cache: undefined,
} as const;
const pool = openMidiPool(settings, {
  workers: 2,
  taskTimeoutMs: 1500,
  heapMb: 64,
  entry: new URL('./fixtures/misbehaving-worker.mjs', import.meta.url),
});
afterAll(() => pool.close());

const jobs = (...names: string[]) => names.map((midiFile, index) => ({ index, midiFile }));

describe('a pair that ends its worker', () => {
  it.each([
    ['out of memory', 'midi_worker_crashed'],
    ['endless loop', 'midi_timeout'],
    ['throw', 'midi_worker_crashed'],
    ['throw no error', 'midi_worker_crashed'],
    ['exit', 'midi_worker_crashed'],
  ])('by %s fails alone, and the others of its batch complete', async (how, code) => {
    const { count, failures } = await pool.run(jobs('fine', how, 'fine too'));
    expect(count).toBe(2);
    expect(failures).toMatchObject([{ index: 1, code }]);
  });

  it('by an exception that comes late is not paid for by the next batch', async () => {
    await pool.run(jobs('late throw', 'fine'));
    expect(await pool.run(jobs('fine', 'fine too'))).toMatchObject({ count: 2, failures: [] });
  });

  it('does not hold up other batches', async () => {
    const [hung, quick] = await Promise.all([pool.run(jobs('endless loop')), pool.run(jobs('fine', 'fine too'))]);
    expect(hung.failures).toMatchObject([{ code: 'midi_timeout' }]);
    expect(quick.count).toBe(2);
  });
});
