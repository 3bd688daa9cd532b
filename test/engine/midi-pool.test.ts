import { afterAll, describe, expect, it } from 'vitest';
import { openMidiPool } from '../../src/engine/midi-pool.ts';
import { presetConfig } from '../../src/tokens/preset-config.ts';
import { USUAL_SETTINGS } from '../worker/usual-settings.ts';

const settings = {
  ...USUAL_SETTINGS,
  midiRoot: '/',
  maxFileBytes: 1,
  tokenizer: presetConfig('tsd'),
} as const;
const misbehaving = { entry: new URL('./fixtures/misbehaving-worker.mjs', import.meta.url), heapMb: 32 };
const pool = openMidiPool(settings, { ...misbehaving, workers: 2, taskTimeoutMs: 2500 });
/** For what ends by itself: a busy machine may take its time. */
const patient = openMidiPool(settings, { ...misbehaving, workers: 2, taskTimeoutMs: 60_000 });
afterAll(() => Promise.all([pool.close(), patient.close()]));

const jobs = (...names: string[]) => names.map((midiFile, index) => ({ index, midiFile }));

describe('a pair that ends its worker', () => {
  it.each([
    ['out of memory', 'midi_worker_crashed'],
    ['throw', 'midi_worker_crashed'],
    ['throw no error', 'midi_worker_crashed'],
    ['exit', 'midi_worker_crashed'],
  ])('by %s fails alone, and the others of its batch complete', async (how, code) => {
    const { count, failures } = await patient.run(jobs('fine', how, 'fine too'));
    expect(count).toBe(2);
    expect(failures).toMatchObject([{ index: 1, code }]);
  });

  it('by an endless loop fails alone, and neither the others of its batch nor another batch wait for it', async () => {
    const [looped, quick] = await Promise.all([
      pool.run(jobs('fine', 'endless loop', 'fine too')),
      pool.run(jobs('fine', 'fine too')),
    ]);
    expect(looped).toMatchObject({ count: 2, failures: [{ index: 1, code: 'midi_timeout' }] });
    expect(quick).toMatchObject({ count: 2, failures: [] });
  });

  it('by running out of memory as its time runs out does not take the process with it', async () => {
    const uncaught: unknown[] = [];
    const note = (error: unknown): void => void uncaught.push(error);
    process.on('uncaughtException', note);
    try {
      // A heap of 32 MB lasts a fraction of a second: some of these limits fall into the moment in which it is full.
      for (let taskTimeoutMs = 120; taskTimeoutMs <= 400; taskTimeoutMs += 40) {
        const hurried = openMidiPool(settings, { ...misbehaving, workers: 1, taskTimeoutMs });
        const { count, failures } = await hurried.run(jobs('out of memory'));
        await hurried.close();
        expect([count, failures.length]).toEqual([0, 1]);
      }
    } finally {
      process.off('uncaughtException', note);
    }
    expect(uncaught).toEqual([]);
  });

  it('by an exception that comes late is not paid for by the next batch', async () => {
    await pool.run(jobs('late throw', 'fine'));
    expect(await pool.run(jobs('fine', 'fine too'))).toMatchObject({ count: 2, failures: [] });
  });
});

describe('a thread that is started before there is a batch for it', () => {
  it('takes the first batch, and is ended where none comes', async () => {
    const early = openMidiPool(settings, { ...misbehaving, workers: 1, taskTimeoutMs: 60_000 });
    early.start();
    expect(await early.run(jobs('fine', 'fine too'))).toMatchObject({ count: 2, failures: [] });
    await early.close();
    const unused = openMidiPool(settings, { ...misbehaving, workers: 1, taskTimeoutMs: 60_000 });
    unused.start();
    await unused.close();
  });
});
