import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultRunFiles, type ProcessOptions, processPairs } from 'midiloom';
import { describe, expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { reportRun } from '../../src/operations/report-run.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { presetConfig } from '../../src/tokens/preset-config.ts';
import { settleConfig } from '../../src/tokens/settle-config.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { characterOf, trainedFile, trainModel } from '../tokens/train-model.ts';
import { SAMPLE } from './sample-run.ts';

const folder = temporaryFolder('trained');
const outputDir = join(folder, 'run');
const base = presetConfig('tsd');
const corpus = readFileSync(SAMPLE, 'utf8')
  .trimEnd()
  .split('\n')
  .slice(0, 10)
  .map((line) => decodeMidi(readFileSync(join(dirname(SAMPLE), JSON.parse(line).midi_file))))
  .flatMap((outcome) => (outcome.ok ? createTokenizer(base).encode(outcome.score).streams : []))
  .map((ids) => Array.from(ids, characterOf).join(''));

function tokenizerFile(name: string, words: readonly string[]): string {
  return written(name, trainedFile(base, trainModel('BPE', words, true)));
}

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const tokenizerConfig = tokenizerFile('trained.json', corpus);
const options: ProcessOptions = {
  inputFile: SAMPLE,
  outputDir,
  tokenizerConfig,
  textEncoder: 'hashing',
  outputFormat: ['jsonl'],
  workers: 2,
  batchSize: 4,
  checkpointInterval: 2,
};
const paths = defaultRunFiles(outputDir);

describe('a run with a trained tokenizer', () => {
  it('stops and goes on, and its rows are what the tokenizer in the data set says', async () => {
    const stop = new AbortController();
    const onEvent = (event: { type: string }) => {
      if (event.type === 'progress') stop.abort();
    };
    await processPairs(options, { signal: stop.signal, onEvent });
    await processPairs({ ...options, mode: 'continue' });
    const given = parseTokenizerConfig(readFileSync(tokenizerConfig, 'utf8'));
    const saved = parseTokenizerConfig(readFileSync(join(outputDir, 'dataset', 'tokenizer.json'), 'utf8'));
    expect(saved).toEqual(given);
    const tokenizer = createTokenizer(saved);
    const lines = readFileSync(join(outputDir, 'dataset', 'processed_data.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeGreaterThan(40);
    for (const line of lines) {
      const { midi_file, midi_tokens } = JSON.parse(line) as { midi_file: string; midi_tokens: number[] };
      const outcome = decodeMidi(readFileSync(join(dirname(SAMPLE), midi_file)));
      if (!outcome.ok) throw new Error(midi_file);
      expect(midi_tokens).toEqual([...(tokenizer.encode(outcome.score).streams[0] ?? [])]);
    }
    const names = JSON.parse(readFileSync(join(outputDir, 'dataset', 'vocabulary.json'), 'utf8')) as object;
    expect(Object.keys(names)).toHaveLength(tokenizer.vocabulary.columns[0]?.tokens.length ?? 0);
  });

  it('keeps the checkpoint small and refuses another model', async () => {
    expect(readFileSync(paths.checkpoints.midi).length).toBeLessThan(10_000);
    const other = tokenizerFile('other.json', corpus.slice(0, 3));
    await expect(processPairs({ ...options, mode: 'continue', tokenizerConfig: other })).rejects.toMatchObject({
      code: 'fingerprint_mismatch',
      message: expect.stringContaining('tokenizer.trained'),
    });
  });

  it('is reported from the model that it keeps, and not without it or with another one', async () => {
    const { facts } = await reportRun(paths);
    expect(JSON.stringify(facts)).toContain('Pitch');
    const kept = join(outputDir, 'tokenizer_config.json');
    const text = readFileSync(kept, 'utf8');
    writeFileSync(kept, readFileSync(join(folder, 'other.json')));
    await expect(reportRun(paths)).rejects.toMatchObject({ code: 'tokenizer_missing' });
    writeFileSync(kept, text.slice(0, -100));
    await expect(reportRun(paths)).rejects.toMatchObject({ code: 'tokenizer_missing' });
    rmSync(kept);
    await expect(reportRun(paths)).rejects.toMatchObject({ code: 'tokenizer_missing' });
    writeFileSync(kept, text);
  });
});

describe('a model that makes nothing of use', () => {
  it('is told of at once, and applied as MidiTok does: one unknown token for a whole piece', async () => {
    const whole = settleConfig({ ...base, encode_ids_split: 'no' });
    const useless = written('useless.json', trainedFile(whole, trainModel('WordPiece', corpus, false)));
    const notices: string[] = [];
    const run = join(folder, 'useless-run');
    await processPairs(
      { ...options, outputDir: run, tokenizerConfig: useless },
      {
        onEvent: (event) => {
          if (event.type === 'notice') notices.push(event.message);
        },
      },
    );
    expect(notices.filter((notice) => notice.includes('of no use'))).toHaveLength(1);
    expect(notices.join()).toContain('400 base tokens');
    const rows = readFileSync(join(run, 'dataset', 'processed_data.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    const lengths = rows.map((row) => JSON.parse(row).sequence_length as number);
    expect(lengths.filter((length) => length === 1).length).toBeGreaterThan(lengths.length / 2);
  });

  it.each([
    ['a Unigram model without tokens', { type: 'Unigram', unk_id: null, vocab: [] }],
    ['a BPE model without tokens', { type: 'BPE', vocab: {}, merges: [] }],
    ['a BPE model of other characters', { type: 'BPE', vocab: { '\uffee': 0 }, merges: [] }],
  ])('such as %s is refused before the run begins', async (_, model) => {
    const empty = written('empty.json', trainedFile(base, JSON.stringify({ version: '1.0', added_tokens: [], model })));
    const run = join(folder, 'never-begun');
    await expect(processPairs({ ...options, outputDir: run, tokenizerConfig: empty })).rejects.toMatchObject({
      name: 'ConfigError',
      code: 'tokenizer_model_unsupported',
    });
    expect(existsSync(run)).toBe(false);
  });
});
