import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readOptionSources } from '../../src/config/option-sources.ts';
import { resolveRunConfig } from '../../src/config/run-config.ts';
import { threadsOf } from '../../src/config/threads.ts';

const folder = mkdtempSync(join(tmpdir(), 'midiloom-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function configFile(content: unknown): string {
  const file = join(folder, 'config.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('resolveRunConfig', () => {
  it('fills in what nobody says, and freezes it', () => {
    const config = resolveRunConfig({ inputFile: '/data/pairs.jsonl', outputDir: '/run' });
    expect(config).toMatchObject({
      mode: 'continue',
      midiRoot: undefined,
      midiCheckpoint: '/run/midi_checkpoint.json',
      textCheckpoint: '/run/text_checkpoint.json',
      batchSize: 32,
      checkpointInterval: 10,
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('needs a manifest', () => {
    expect(() => resolveRunConfig({})).toThrow(expect.objectContaining({ code: 'missing_option' }));
  });

  it('keeps auto, which each machine decides for itself', () => {
    expect(resolveRunConfig({ inputFile: 'x', workers: 'auto' }).workers).toBe('auto');
    expect(threadsOf('auto')).toBeGreaterThanOrEqual(1);
  });

  it('takes what is given before what is remembered before the default, and null for the default', () => {
    const remembered = { inputFile: '/data/pairs.jsonl', batchSize: 8, filter: 'n_notes>=50', seed: 7 };
    expect(resolveRunConfig({ batchSize: 4, filter: null }, remembered)).toMatchObject({
      inputFile: '/data/pairs.jsonl',
      batchSize: 4,
      filter: undefined,
      seed: 7,
      checkpointInterval: 10,
    });
  });
});

describe('readOptionSources', () => {
  it('takes the flag before the environment before the file', () => {
    const sources = {
      flags: { workers: '1' },
      environment: { MIDILOOM_WORKERS: '2', MIDILOOM_BATCH_SIZE: '20' },
      configFile: configFile({ workers: 3, batch_size: 30, checkpoint_interval: 5, 'output-format': 'jsonl,parquet' }),
    };
    expect(readOptionSources(sources)).toEqual({
      workers: 1,
      batchSize: 20,
      checkpointInterval: 5,
      outputFormat: ['jsonl', 'parquet'],
    });
  });

  it.each([
    [{ flags: { batchSize: 'many' } }, '--batch_size: "many" is not allowed; use an integer'],
    [{ flags: { mode: 'go' } }, '--mode: "go" is not allowed; use one of start, continue, update, retry, merge'],
    [{ environment: { MIDILOOM_WORKERS: '0' } }, 'MIDILOOM_WORKERS: "0" is not allowed'],
    [{ configFile: { tokenizer: 'abc' } }, 'tokenizer in '],
    [{ configFile: { colour: 'blue' } }, 'Unknown option in '],
    [{ configFile: '{"a":' }, 'Cannot read the configuration file'],
    [{ configFile: [] }, 'must hold one JSON object'],
  ])('names the source of a wrong value: %j', (wrong, message) => {
    const { flags = {}, environment = {}, configFile: content } = { ...wrong } as Record<string, object>;
    const sources = {
      flags: { ...flags },
      environment: { ...environment },
      configFile: content === undefined ? undefined : configFile(content),
    };
    expect(() => readOptionSources(sources)).toThrow(message);
  });
});
