import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeDataset } from '../../src/dataset/merge-dataset.ts';
import { OUTPUT_FORMATS } from '../../src/dataset/writers/output-format.ts';
import { CheckpointError } from '../../src/errors.ts';
import { readWithDuckdb, readWithHyparquet } from './parquet/parquet-readers.ts';
import { contentOf, readDatasetFile, readJsonLines, runDirectory } from './run-directory.ts';
import { captionOf, mergeInput, type Outcome, tokensOf } from './synthetic-run.ts';

const firstIds = (index: number): readonly number[] => [...(tokensOf(index).streams[0] ?? [])];

describe('the merge', () => {
  it('gives every surviving row its own caption and tokens, whatever is missing on either side', async () => {
    const outcomes = fc.array(fc.constantFrom<Outcome>('ok', 'ok', 'ok', 'failed', 'missing'), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(outcomes, outcomes, async (midi, text) => {
        const outputDir = runDirectory();
        const total = Math.max(midi.length, text.length);
        const at = (list: readonly Outcome[]) => (index: number) => list[index] ?? 'missing';
        const run = { total, midi: at(midi), text: at(text) };
        const result = await mergeDataset(mergeInput(run, outputDir, { partial: true, formats: ['parquet', 'jsonl'] }));

        const indices = Array.from({ length: total }, (_, index) => index);
        const complete = indices.filter((index) => at(midi)(index) === 'ok' && at(text)(index) === 'ok');
        const expected = complete.map((index) => ({ index, text: captionOf(index), tokens: firstIds(index) }));
        const rows = readJsonLines(outputDir, 'processed_data.jsonl');
        expect(rows.map((row) => pick(row))).toEqual(expected);
        const read = await readWithHyparquet(join(outputDir, 'dataset/data/train-00000-of-00001.parquet'));
        expect(read.map((row) => pick(row))).toEqual(expected);

        const failures = indices.flatMap((index) => [
          ...(at(midi)(index) === 'failed' ? [`${index} midi`] : []),
          ...(at(text)(index) === 'failed' ? [`${index} text`] : []),
        ]);
        const lines = readJsonLines(outputDir, 'failures.jsonl').map((line) => `${line.index} ${line.stage}`);
        expect(lines).toEqual(failures);
        expect(result.rows + result.failedPairs + result.pendingPairs).toBe(total);
      }),
      { numRuns: 25 },
    );
  });

  it('writes equal bytes again and again, in every format', async () => {
    const run = { total: 90, midi: (index: number): Outcome => (index % 9 === 4 ? 'failed' : 'ok') };
    const [one, other] = [runDirectory(), runDirectory()];
    for (const outputDir of [one, other, other]) {
      await mergeDataset(mergeInput(run, outputDir, { formats: OUTPUT_FORMATS, shardSizeBytes: 40_000 }));
    }
    expect(contentOf(other)).toEqual(contentOf(one));
    expect(Object.keys(contentOf(one)).join()).toMatch(/data\/train-00001-of-/);
  });

  it('writes captions that try to break the format: surrogates, control characters, line separators', async () => {
    const hostile = [
      'lone \ud800 surrogate \udc00',
      'nul \u0000 escape \u001b[31m bell \u0007',
      'quote " backslash \\ line\nbreak \u2028 \u2029',
      '</script><script>alert(1)</script>',
      '| pipes | in | tables | --- |',
      '\u202eright to left',
      '=cmd()',
      '',
    ];
    const expected = hostile.map((text) => text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
    const outputDir = runDirectory();
    const run = {
      total: hostile.length,
      captionOf: (index: number) => hostile[index] ?? '',
      metadataOf: (index: number) =>
        JSON.parse(`{"__proto__": {"polluted": 1}, "k\\ud800": ${index}, "huge": 1e999, "zero": -0.0}`),
    };
    await mergeDataset(mergeInput(run, outputDir, { formats: ['parquet', 'jsonl'] }));
    const rows = readJsonLines(outputDir, 'processed_data.jsonl');
    expect(rows.map((row) => row.text_description)).toEqual(expected);
    const read = await readWithDuckdb(join(outputDir, 'dataset/data/*.parquet'), 'SELECT text_description, metadata');
    expect(read.map((row) => row.text_description)).toEqual(expected);
    expect(read.map((row) => row.metadata)).toEqual(
      hostile.map((_, index) => `{"__proto__":{"polluted":1},"k\ufffd":${index},"huge":"Infinity","zero":-0.0}`),
    );
    expect(readDatasetFile(outputDir, 'README.md')).not.toContain('<script');
  });

  it('writes a data set that readers open where there is no pair', async () => {
    const outputDir = runDirectory();
    const result = await mergeDataset(mergeInput({ total: 0 }, outputDir, { formats: OUTPUT_FORMATS }));
    expect(result.rows).toBe(0);
    const parquet = join(outputDir, 'dataset/data/train-00000-of-00001.parquet');
    expect(await readWithDuckdb(parquet, 'SELECT count(*)::INT AS rows')).toEqual([{ rows: 0 }]);
    expect(JSON.parse(readDatasetFile(outputDir, 'processed_data.json'))).toEqual([]);
    expect(readDatasetFile(outputDir, 'processed_data.jsonl')).toBe('');
  });

  it('refuses pending pairs unless a partial data set is wanted, and marks that everywhere', async () => {
    const outputDir = runDirectory();
    const run = { total: 20, text: (index: number): Outcome => (index < 12 ? 'ok' : 'missing') };
    await expect(mergeDataset(mergeInput(run, outputDir))).rejects.toMatchObject({ code: 'records_pending' });
    expect(readdirSync(outputDir)).toEqual([]);

    const result = await mergeDataset(mergeInput(run, outputDir, { partial: true }));
    expect(result).toMatchObject({ rows: 12, pendingPairs: 8 });
    expect(JSON.parse(readDatasetFile(outputDir, 'recipe.json'))).toMatchObject({
      partial: true,
      pairs: { total: 20, rows: 12, failed: 0, pending: 8 },
    });
    expect(readDatasetFile(outputDir, 'README.md')).toContain('**Partial:');
    expect(result.summary.facts().pending_pairs).toBe(8);
  });

  it('refuses streams that do not fit the plan', async () => {
    const outputDir = runDirectory();
    const longer = mergeInput({ total: 9 }, outputDir).midiRecords;
    await expect(mergeDataset(mergeInput({ total: 5 }, outputDir, { midiRecords: longer }))).rejects.toMatchObject({
      code: 'records_beyond_plan',
    });
    async function* twice() {
      yield* mergeInput({ total: 3 }, outputDir).textRecords();
      yield* mergeInput({ total: 3 }, outputDir).textRecords();
    }
    await expect(mergeDataset(mergeInput({ total: 9 }, outputDir, { textRecords: twice }))).rejects.toMatchObject({
      code: 'records_out_of_order',
    });
    await expect(mergeDataset(mergeInput({ total: 5 }, outputDir, { total: 6 }))).rejects.toMatchObject({
      code: 'plan_changed',
    });
  });

  it('leaves the data set before in place when a segment turns out damaged, or the run is stopped', async () => {
    const outputDir = runDirectory();
    await mergeDataset(mergeInput({ total: 10 }, outputDir));
    const before = contentOf(outputDir);
    async function* damaged() {
      yield* mergeInput({ total: 3 }, outputDir).midiRecords();
      throw new CheckpointError('segment_corrupt', 'segment 1 is damaged');
    }
    await expect(mergeDataset(mergeInput({ total: 10 }, outputDir, { midiRecords: damaged }))).rejects.toMatchObject({
      code: 'segment_corrupt',
    });
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(mergeDataset(mergeInput({ total: 10 }, outputDir, { signal }))).rejects.toThrow('stopped');
    expect(contentOf(outputDir)).toEqual(before);
    expect(readdirSync(outputDir)).toEqual(['dataset']);
  });

  it('keeps the unfinished folder where that is asked for, and the next merge starts afresh', async () => {
    const outputDir = runDirectory();
    const run = { total: 20, text: (): Outcome => 'missing' };
    await expect(mergeDataset(mergeInput(run, outputDir, { keepTemp: true }))).rejects.toThrow();
    expect(existsSync(join(outputDir, 'dataset.tmp'))).toBe(true);
    await mergeDataset(mergeInput({ total: 20 }, outputDir));
    expect(readdirSync(outputDir)).toEqual(['dataset']);
  });

  it('cuts shards by the size of the rows, in order and without a gap', async () => {
    const outputDir = runDirectory();
    const { files } = await mergeDataset(mergeInput({ total: 200 }, outputDir, { shardSizeBytes: 50_000 }));
    const shards = files.map(({ path }) => path).filter((path) => path.startsWith('data/'));
    expect(shards.length).toBeGreaterThan(3);
    expect(shards).toEqual(shards.map((_, at) => `data/train-0000${at}-of-0000${shards.length}.parquet`));
    const read = await readWithDuckdb(join(outputDir, 'dataset/data/*.parquet'), 'SELECT index');
    expect(read.map(({ index }) => Number(index))).toEqual(Array.from({ length: 200 }, (_, index) => index));
  });

  it('counts what it writes: lengths, tokens, features, failures', async () => {
    const outputDir = runDirectory();
    const run = { total: 40, midi: (index: number): Outcome => (index % 10 === 0 ? 'failed' : 'ok') };
    const facts = (await mergeDataset(mergeInput(run, outputDir))).summary.facts();
    expect(facts).toMatchObject({ rows: 36, failed_pairs: 4, sequence_length: { min: 6, max: 44, count: 36 } });
    expect(facts.failures).toEqual([
      {
        stage: 'midi',
        code: 'test_failure',
        count: 4,
        examples: [0, 10, 20].map((index) => ({ index, error: `pair ${index} failed` })),
      },
    ]);
    expect(facts.fields.numbers['midi_metadata.n_notes']).toMatchObject({ min: 1, max: 39 });
    expect(facts.fields.categories['text_features.dominant_script']?.counts).toEqual([['Latin', 36]]);
    expect(facts.vocabulary[0]?.size).toBe(300);
  });

  it('tells how far it is', async () => {
    const seen: number[] = [];
    const onProgress = ({ pairs }: { readonly pairs: number }): void => void seen.push(pairs);
    await mergeDataset(mergeInput({ total: 600 }, runDirectory(), { onProgress }));
    expect(seen).toEqual([256, 512, 600]);
  });
});

function pick(row: Readonly<Record<string, unknown>>) {
  return { index: Number(row.index), text: row.text_description, tokens: row.midi_tokens };
}
