import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AutoTokenizer } from '@huggingface/transformers';
import { beforeAll, describe, expect, it } from 'vitest';
import { TINY, writeTestModel } from '../../scripts/test-models/write-test-model.ts';
import { folderDigest } from '../folder-digest.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyMidi } from '../tiny-midi.ts';
import { runCli } from './run-cli.ts';
import { type HereResult, runHere } from './run-here.ts';

const folder = temporaryFolder('text-encoder');
const model = join(folder, 'tiny');
writeTestModel(model, TINY, ['fp32']);

function processArguments(input: string, output: string, ...more: string[]): string[] {
  const paths = ['--input_file', input, '--output_dir', join(folder, output)];
  const small = ['--batch_size', '4', '--checkpoint_interval', '2', '--workers', '1', '--output_format', 'jsonl'];
  return ['process', ...paths, '--text_model', model, ...small, ...more];
}

function process(input: string, output: string, ...more: string[]): Promise<HereResult> {
  return runHere(processArguments(input, output, ...more));
}

function rowsOf(output: string): { index: number; text_features: TextFeatures }[] {
  const lines = readFileSync(join(folder, output, 'dataset', 'processed_data.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}

interface TextFeatures {
  readonly embedding: readonly number[] | null;
  readonly token_ids: readonly number[] | null;
  readonly truncated: boolean;
  readonly normalized: string;
}

describe('the data set of the transformer encoder', () => {
  let expected: Record<string, string>;
  let said: string;
  const cache = ['--use_cache', '--cache_dir', join(folder, 'cache')];

  beforeAll(async () => {
    const result = await process(SAMPLE, 'plain');
    expect(result, result.stderr).toMatchObject({ code: 0 });
    expected = folderDigest(join(folder, 'plain', 'dataset'));
    said = result.stderr;
  });

  it('is said to rest on what the model does not say', () => {
    expect(said).toMatch(/does not say at how many tokens it cuts/);
    expect(said).toMatch(/does not say how its tokens become one vector/);
  });

  it.each([
    [
      'other windows of texts, batches of the model and threads, and a cold cache',
      [
        '--batch_size',
        '50',
        '--checkpoint_interval',
        '10',
        '--max_batch_tokens',
        '64',
        '--text_threads',
        '2',
        ...cache,
      ],
    ],
    ['a warm cache', cache],
  ])('is byte-identical with %s', async (name, options) => {
    const result = await process(SAMPLE, name, ...options, '--json');
    expect(result, result.stderr).toMatchObject({ code: 0 });
    expect(folderDigest(join(folder, name, 'dataset'))).toEqual(expected);
    if (name === 'a warm cache') {
      const { stages } = JSON.parse(result.stdout);
      // A file that cannot be decoded and a caption that cannot be encoded are tried again.
      expect(stages).toMatchObject({ midi: { cache: { hits: 50 } }, text: { cache: { hits: 52 } } });
    }
  });

  it('is byte-identical after a kill in the middle', async () => {
    const args = processArguments(SAMPLE, 'killed');
    for (const ms of [900]) await runCli(args, { signalAfterMs: { signal: 'SIGKILL', ms } });
    const result = await runCli(args);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    expect(folderDigest(join(folder, 'killed', 'dataset'))).toEqual(expected);
  });

  it('cannot be continued with another precision, and says what differs', async () => {
    const result = await process(SAMPLE, 'plain', '--embedding_precision', 'int8');
    expect(result.code).toBe(5);
    expect(result.stderr).toContain('embedding_precision');
  });

  it.each([
    ['float16', 2 ** -11],
    ['int8', 1 / 127],
  ] as const)('has embeddings close to the exact ones in %s', async (precision, tolerance) => {
    const result = await process(SAMPLE, precision, '--embedding_precision', precision);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    const exact = rowsOf('plain');
    for (const [at, { text_features }] of rowsOf(precision).entries()) {
      const pairs = (text_features.embedding ?? []).map((value, i) => [
        value,
        exact[at]?.text_features.embedding?.[i] ?? Number.NaN,
      ]);
      expect(pairs).toHaveLength(TINY.shape.hiddenSize);
      for (const [value = 0, other = 0] of pairs) expect(Math.abs(value - other)).toBeLessThan(tolerance);
    }
  });
});

describe('captions', () => {
  it('in any script, broken, huge or empty are encoded or fail alone', async () => {
    const captions = [
      '一首缓慢的钢琴华尔兹',
      'لحن بطيء على البيانو',
      '🎹🎶 waltz 👩‍🎤',
      'half a pair \ud83c of surrogates',
      'x'.repeat(2 ** 20),
      'y'.repeat(2 ** 20 + 1),
      '',
      'word '.repeat(3000),
      '\u0000\u001b[31mred\u202e',
    ];
    mkdirSync(join(folder, 'hostile'));
    writeFileSync(join(folder, 'hostile', 'a.mid'), tinyMidi());
    const lines = captions.map((text) => JSON.stringify({ midi_file: 'a.mid', text_description: text }));
    const manifest = join(folder, 'hostile', 'pairs.jsonl');
    writeFileSync(manifest, lines.join('\n'));
    const result = await process(manifest, 'hostile-out');
    expect(result, result.stderr).toMatchObject({ code: 0 });
    const rows = rowsOf('hostile-out');
    expect(rows.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 7, 8]);
    for (const { text_features } of rows) {
      expect(Math.hypot(...(text_features.embedding ?? []))).toBeCloseTo(1, 5);
    }
    expect(rows.filter(({ text_features }) => text_features.truncated).map(({ index }) => index)).toEqual([4, 7]);
    const failures = readFileSync(join(folder, 'hostile-out', 'dataset', 'failures.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(failures.map((line) => JSON.parse(line))).toMatchObject([
      { index: 5, code: 'text_limit_size' },
      { index: 6, code: 'missing_text' },
    ]);
  });

  it('reach the model as they were written, not in our normal form', async () => {
    const captions = ['Ｓｌｏｗ waltz', 'ﬁne ﬂute', 'C♯m⁷ chord', 'ﾋﾟｱﾉ…', 'ja\u00adzz  piano'];
    mkdirSync(join(folder, 'written'));
    writeFileSync(join(folder, 'written', 'a.mid'), tinyMidi());
    const manifest = join(folder, 'written', 'pairs.jsonl');
    const lines = captions.map((text) => JSON.stringify({ midi_file: 'a.mid', text_description: text }));
    writeFileSync(manifest, lines.join('\n'));
    const result = await process(manifest, 'written-out');
    expect(result, result.stderr).toMatchObject({ code: 0 });
    const features = rowsOf('written-out').map(({ text_features }) => text_features);
    const tokenizer = await AutoTokenizer.from_pretrained(model, { local_files_only: true });
    expect(features.map(({ token_ids }) => token_ids)).toEqual(captions.map((text) => tokenizer.encode(text)));
    expect(features[1]?.token_ids).not.toEqual(tokenizer.encode('fine flute'));
    expect(features.map(({ normalized }) => normalized).slice(0, 3)).toEqual([
      'Slow waltz',
      'fine flute',
      'C♯m7 chord',
    ]);
    expect(features.some(({ truncated }) => truncated)).toBe(false);
  });

  it('get everything but a vector from the encoder none', async () => {
    const result = await process(SAMPLE, 'none', '--text_encoder', 'none', '--use_gpu');
    expect(result, result.stderr).toMatchObject({ code: 0 });
    expect(result.stderr.match(/--use_gpu changes nothing here/g)).toHaveLength(1);
    expect(rowsOf('none')[0]?.text_features).toMatchObject({ embedding: null, token_ids: null, truncated: false });
  });
});

describe('the program', () => {
  it('ends with exit 7 where the model cannot be had, and says what to do', async () => {
    const output = join(folder, 'absent');
    const args = [
      'process',
      '--input_file',
      SAMPLE,
      '--output_dir',
      output,
      '--model_cache',
      join(folder, 'no-models'),
    ];
    const result = await runCli([...args, '--offline']);
    expect(result.code).toBe(7);
    for (const way of ['--text_model DIR', '--text_encoder hashing', 'no-models', '[model_missing]']) {
      expect(result.stderr).toContain(way);
    }
  });

  it('does not ask for what it is told', async () => {
    const options = ['--max_text_tokens', '10', '--pooling', 'mean'];
    const said = await process(SAMPLE, 'said', ...options);
    expect(said, said.stderr).toMatchObject({ code: 0 });
    expect(said.stderr).not.toMatch(/does not say/);
    const lengths = rowsOf('said').map(({ text_features }) => text_features.token_ids?.length ?? 0);
    expect(Math.max(...lengths)).toBe(10);
    expect(rowsOf('said').some(({ text_features }) => text_features.truncated)).toBe(true);
    expect(await process(SAMPLE, 'said', ...options)).toMatchObject({ code: 0 });
    expect(await process(SAMPLE, 'said', '--max_text_tokens', '11', '--pooling', 'mean')).toMatchObject({ code: 5 });
  });

  it('ends with exit 2, before anything is done, where the model has a step that is not done here', async () => {
    const dense = join(folder, 'dense');
    writeTestModel(dense, TINY, ['fp32']);
    const modules = ['Transformer', 'Pooling', 'Dense'].map((kind, idx) => {
      return { idx, name: String(idx), path: `${idx}_${kind}`, type: `sentence_transformers.models.${kind}` };
    });
    writeFileSync(join(dense, 'modules.json'), JSON.stringify(modules));
    const result = await process(SAMPLE, 'dense-out', '--text_model', dense);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('[model_unsupported]');
    expect(result.stderr).toContain('2_Dense');
  });

  it('ends with exit 2 where the model is not one, as the encoder process found', async () => {
    const broken = join(folder, 'broken');
    writeTestModel(broken, TINY, ['fp32']);
    writeFileSync(join(broken, 'onnx', 'model.onnx'), 'not a model');
    const result = await process(SAMPLE, 'broken-out', '--text_model', broken);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('[model_unusable]');
    const status = await runHere(['status', join(folder, 'broken-out'), '--json']);
    expect(JSON.parse(status.stdout).stages.text).toMatchObject({ completed: 0, total: 53 });
  });

  it('says once why no GPU is used, and goes on', async () => {
    const result = await process(SAMPLE, 'gpu', '--use_gpu');
    expect(result, result.stderr).toMatchObject({ code: 0 });
    expect(result.stderr.match(/no GPU can be used, the CPU encodes text|encodes text$/gm)).toHaveLength(1);
  });

  it('tells of GPUs where there is no model, too', async () => {
    const absent = ['--text_model', join(folder, 'absent')];
    const { stdout } = await runHere(['doctor', ...absent]);
    expect(stdout).toMatch(/^GPUs {6}\S/m);
    expect(stdout).toMatch(/^webgpu {4}needs \S/m);
    expect(JSON.parse((await runHere(['doctor', '--json', ...absent])).stdout)).toMatchObject({
      model: { ok: false },
      providers: [],
      gpu_providers: { webgpu: expect.any(String) },
    });
  });

  it('tells what the machine has', async () => {
    const result = await runCli(['doctor', '--json', '--text_model', model, '--cache_dir', join(folder, 'no-cache')]);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    const report = JSON.parse(result.stdout);
    expect(report).toMatchObject({ model: { ok: true, dtype: 'fp32' }, cache: null });
    expect(report.providers.at(-1)).toMatchObject({ provider: 'cpu', ok: true });
  });

  it('tells what the cache holds, and clears it', async () => {
    const cache = ['--cache_dir', join(folder, 'small-cache'), '--json'];
    const hashing = ['--text_encoder', 'hashing', '--use_cache', '--cache_dir', join(folder, 'small-cache')];
    const cached = await process(SAMPLE, 'cached', '--use_gpu', ...hashing);
    expect(cached.stderr.match(/--use_gpu changes nothing here/g)).toHaveLength(1);
    const info = JSON.parse((await runHere(['cache', 'info', ...cache])).stdout);
    expect(info.entries).toBeGreaterThan(90);
    expect(JSON.parse((await runHere(['cache', 'clear', ...cache])).stdout)).toBeNull();
    expect(JSON.parse((await runHere(['cache', 'info', ...cache])).stdout)).toBeNull();
  });

  it('goes on without a cache that cannot be used', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    const cache = ['--use_cache', '--cache_dir', join(folder, 'a-file')];
    const result = await process(SAMPLE, 'no-cache', '--text_encoder', 'hashing', ...cache);
    expect(result, result.stderr).toMatchObject({ code: 0 });
    expect(result.stderr).toContain('cannot be used, the run goes on without');
  });
});
