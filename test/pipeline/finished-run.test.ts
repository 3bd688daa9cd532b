import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ProcessOptions, processPairs } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { TINY, writeTestModel } from '../../scripts/test-models/write-test-model.ts';
import { json, runHere } from '../cli/run-here.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { SAMPLE } from './sample-run.ts';

const folder = temporaryFolder('finished');
const model = join(folder, 'tiny');
const data = join(folder, 'data');
const run = join(folder, 'run');
const half = join(folder, 'half');
const options: ProcessOptions = {
  inputFile: join(data, 'pairs.jsonl'),
  textModel: model,
  workers: 1,
  batchSize: 4,
  checkpointInterval: 1,
};

beforeAll(async () => {
  writeTestModel(model, TINY, ['fp32']);
  cpSync(dirname(SAMPLE), data, { recursive: true });
  expect(await processPairs({ ...options, outputDir: run })).toMatchObject({ status: 'complete' });
  await processPairs({ ...options, outputDir: half });
  await runHere(['checkpoint', 'reset', half, '--stage', 'midi']);
  rmSync(model, { recursive: true });
});

describe('a run whose texts are encoded', () => {
  it('does its MIDI without the text model', async () => {
    expect(await processPairs({ outputDir: half })).toMatchObject({ status: 'complete', completed: 49 });
  });

  it('is not continued with a model that is asked for and is not the one', async () => {
    await expect(processPairs({ outputDir: half, textModel: join(folder, 'other') })).rejects.toMatchObject({
      code: 'model_missing',
    });
    await expect(processPairs({ outputDir: half, textEncoder: 'hashing' })).rejects.toMatchObject({
      code: 'fingerprint_mismatch',
    });
  });
});

describe('a finished run', () => {
  beforeAll(() => rmSync(join(data, 'midi'), { recursive: true }));

  it('is merged, split anew, written in other formats and looked at again without model and MIDI', async () => {
    const offered = { outputDir: run, offline: true };
    expect(await processPairs({ ...offered, mode: 'merge', split: 'train=0.5,test=0.5' })).toMatchObject({
      status: 'complete',
      dataset: { rows: 49 },
    });
    expect(await processPairs({ ...offered, mode: 'merge', outputFormat: ['jsonl', 'json'] })).toMatchObject({
      status: 'complete',
    });
    expect(await processPairs(offered)).toMatchObject({ status: 'complete', stages: { text: { doneNow: 0 } } });
    expect(await runHere(['verify', run])).toMatchObject({ code: 0 });
    expect(await runHere(['report', run])).toMatchObject({ code: 0 });
    expect(await json('status', run)).toMatchObject({ status: 'completed' });
  });

  it('needs the model again when texts are added', async () => {
    const more = join(data, 'more.jsonl');
    const line = JSON.stringify({ midi_file: 'midi/none.mid', caption: 'one more' });
    cpSync(join(data, 'pairs.jsonl'), more);
    const text = `${readFileSync(more, 'utf8').trimEnd()}\n${line}\n`;
    writeFileSync(more, text);
    await expect(processPairs({ outputDir: run, inputFile: more, offline: true })).rejects.toMatchObject({
      code: 'model_missing',
    });
  });
});

describe('other options', () => {
  it('are refused with old and new and the cheapest way on, which works', async () => {
    const outputDir = join(folder, 'other-options');
    const hashing = { ...options, inputFile: SAMPLE, textEncoder: 'hashing', outputDir } as const;
    await processPairs(hashing);
    const refusal = await processPairs({ outputDir, tokenizer: 'remi', maxSequenceLength: 500 }).catch(String);
    expect(refusal).toMatch(/tokenizer\.tokenization +"TSD" +"REMI"/);
    expect(refusal).toMatch(/max_sequence_length +null +500/);
    expect(refusal).toContain('add --mode update to this line: it makes the midi stage anew');
    expect(refusal).toContain('the 53 records of the text stage are kept');
    expect(refusal).not.toContain('--force_restart');
    const both = await processPairs({ outputDir, tokenizer: 'remi', textDim: 64 }).catch(String);
    expect(both).toContain('the midi and the text stage anew, and');

    const result = await processPairs({ outputDir, mode: 'update', tokenizer: 'remi', maxSequenceLength: 500 });
    expect(result).toMatchObject({
      status: 'complete',
      stages: { midi: { doneNow: 53 }, text: { doneNow: 0 } },
      update: { stages: { midi: { made: 53, causes: { tokenizer_changed: 53 } }, text: { kept: 53, made: 0 } } },
    });
  });
});
