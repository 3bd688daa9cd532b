import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportRun, importRun, type ProcessOptions, planRun, processPairs, verifyRun } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { TINY, writeTestModel } from '../../scripts/test-models/write-test-model.ts';
import { readTar } from '../../src/operations/verify/rows/read-tar.ts';
import { createTransformersEncoder } from '../../src/text/encoders/transformers/transformers-encoder.ts';
import { findModel } from '../../src/text/find-model.ts';
import { floatOfHalf } from '../../src/text/half-precision.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyMidi } from '../tiny-midi.ts';

const folder = temporaryFolder('text-options');
const model = join(folder, 'tiny');
const { hiddenSize } = TINY.shape;
const captions = ['a slow waltz for piano', 'jazz '.repeat(150).trim(), 'a warm ballad'];
const SMALL = { textModel: model, workers: 1, batchSize: 2, checkpointInterval: 1, midiRoot: folder } as const;

beforeAll(() => {
  writeTestModel(model, TINY, ['fp32']);
  writeFileSync(join(folder, 'a.mid'), tinyMidi());
  const lines = captions.map((text) => JSON.stringify({ midi_file: 'a.mid', text_description: text }));
  writeFileSync(join(folder, 'pairs.jsonl'), lines.join('\n'));
});

function options(run: string, others: ProcessOptions): ProcessOptions {
  return { inputFile: join(folder, 'pairs.jsonl'), outputDir: join(folder, run), ...SMALL, ...others };
}

async function processed(run: string, others: ProcessOptions) {
  const notices: string[] = [];
  const result = await processPairs(options(run, others), {
    onEvent: (event) => event.type === 'notice' && notices.push(event.message),
  });
  return { result, notices, file: (name: string) => readFileSync(join(folder, run, 'dataset', name)) };
}

async function openEncoder(others: object = {}) {
  const found = await findModel({ model, revision: 'main', dtype: 'fp32', cacheDir: folder, offline: true });
  const asked = { pooling: 'auto', normalize: 'auto', useGpu: false, threads: 1 } as const;
  return createTransformersEncoder({ model: found, ...asked, ...others });
}

describe('--text_output tokens', () => {
  const TOKENS = { textOutput: 'tokens', outputFormat: ['jsonl', 'npy', 'webdataset'] } as const;
  /** Behind the header of 128 bytes. */
  const body = (npy: Buffer): ArrayBuffer => new Uint8Array(npy.subarray(128)).buffer;

  it('keeps the hidden states of all tokens in half precision, and says how large they are before', async () => {
    const plan = await planRun(options('tokens', TOKENS));
    expect(plan.hidden_states).toEqual({
      bytes_per_token: 2 * hiddenSize,
      most_bytes_per_caption: 2 * hiddenSize * TINY.shape.positions,
      most_bytes: 2 * hiddenSize * TINY.shape.positions * captions.length,
    });
    const { result, notices, file } = await processed('tokens', TOKENS);
    expect(result).toMatchObject({ status: 'complete', dataset: { cutCaptions: 1 } });
    expect(notices).toContainEqual(
      expect.stringMatching(/^hidden states take 0\.1 kB a token and up to 4\.1 kB a caption/),
    );

    const offsets = [...new BigInt64Array(body(file('hidden_state_offsets.npy')))].map(Number);
    const rows = file('processed_data.jsonl')
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const lengths = rows.map(({ text_features: { token_ids: ids } }) => ids.length);
    expect(offsets).toEqual([0, lengths[0], lengths[0] + lengths[1], lengths[0] + lengths[1] + lengths[2]]);
    expect(rows.map(({ text_features }) => text_features.embedding)).toEqual([null, null, null]);
    expect(file('hidden_states.npy').toString('latin1', 10, 120)).toContain(
      `{'descr': '<f2', 'fortran_order': False, 'shape': (${offsets.at(-1)}, ${hiddenSize}), }`,
    );

    // The mean of the states, scaled to length 1, is the embedding.
    const floats = Float32Array.from(new Uint16Array(body(file('hidden_states.npy'))), floatOfHalf);
    const encoder = await openEncoder();
    const embeddings = await encoder.encode(captions);
    await encoder.close();
    for (const [row, { embedding = [] }] of embeddings.entries()) {
      const own = floats.subarray((offsets[row] ?? 0) * hiddenSize, (offsets[row + 1] ?? 0) * hiddenSize);
      const sum = Array.from({ length: hiddenSize }, (_, at) =>
        own.reduce((total, value, i) => total + (i % hiddenSize === at ? value : 0), 0),
      );
      for (const [at, value] of embedding.entries()) expect((sum[at] ?? 0) / Math.hypot(...sum)).toBeCloseTo(value, 3);
    }

    const members = new Map<string, Buffer>();
    for await (const { name, content } of readTar(join(folder, 'tokens/dataset/webdataset/train-00000-of-00001.tar'))) {
      members.set(name, content);
    }
    const first = members.get('00000000.hidden_states.npy') ?? Buffer.alloc(0);
    expect(Buffer.from(body(first))).toEqual(
      Buffer.from(body(file('hidden_states.npy'))).subarray(0, body(first).byteLength),
    );
    expect(members.has('00000000.embedding.npy')).toBe(false);
    expect(await verifyRun(join(folder, 'tokens'))).toMatchObject({ verified: true });
    const exported = join(folder, 'tokens.json');
    await exportRun(join(folder, 'tokens'), exported);
    const text = readFileSync(exported, 'utf8');
    const into = (run: string) => importRun(join(folder, run), exported, { inputFile: join(folder, 'pairs.jsonl') });
    await into('imported');
    // The first row's states end one number early.
    const [, base64 = ''] = /"hidden_states":\s*\{\s*"base64":\s*"([^"]+)"/.exec(text) ?? [];
    const shorter = Buffer.from(base64, 'base64').subarray(0, -2).toString('base64');
    writeFileSync(exported, text.replace(base64, shorter));
    await expect(into('tampered')).rejects.toThrow(/numbers of hidden states for|checksum/);
    const states = file('hidden_states.npy');
    states.writeUInt16LE(0x7c00, 128 + 2 * hiddenSize * 5);
    writeFileSync(join(folder, 'tokens/dataset/hidden_states.npy'), states);
    const { checks } = await verifyRun(join(folder, 'tokens'));
    expect(checks.pairs.first).toEqual(['token 5 of hidden_states.npy is not finite']);
    await expect(processPairs(options('tokens', { ...TOKENS, textOutput: 'pooled' }))).rejects.toMatchObject({
      code: 'fingerprint_mismatch',
    });
  });

  it.each([
    ['a format that holds none', { outputFormat: ['parquet', 'jsonl'] }, /npy or webdataset/],
    [
      'an encoder without hidden states',
      { outputFormat: ['npy'], textEncoder: 'hashing' },
      /text_encoder transformers/,
    ],
    ['texts that are read in parts', { outputFormat: ['npy'], longText: 'chunk' }, /long_text chunk/],
  ] as const)('refuses %s before anything is done', async (_, others, message) => {
    const { outputFormat, ...rest } = others;
    const asked = { ...rest, outputFormat: [...outputFormat], textOutput: 'tokens' } as const;
    await expect(processPairs(options('refused', asked))).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(message),
    });
  });
});

describe('--long_text chunk', () => {
  it('reads a text in parts, each behind the prompt, and averages them by their own tokens', async () => {
    const encoder = await openEncoder();
    const { positions } = TINY.shape;
    // The prompt has two tokens, and two are around every part.
    const room = positions - 4;
    const parts = [room, room, 150 - 2 * room].map((count) => ({ count, text: `a song${' jazz'.repeat(count)}` }));
    const vectors = await encoder.encode(parts.map(({ text }) => text));
    const mean = Array.from({ length: hiddenSize }, (_, at) =>
      parts.reduce((sum, { count }, part) => sum + count * (vectors[part]?.embedding?.[at] ?? Number.NaN), 0),
    );
    await encoder.close();

    const chunking = await openEncoder({ longText: 'chunk', prefix: 'a song ' });
    const [long] = await chunking.encode([captions[1] ?? '']);
    await chunking.close();
    expect(long).toMatchObject({ truncated: false, tokenIds: expect.objectContaining({ length: 154 }) });
    for (const [at, value] of (long?.embedding ?? []).entries()) {
      expect(value).toBeCloseTo((mean[at] ?? 0) / Math.hypot(...mean), 5);
    }
  });

  it('refuses what is put before each text where it leaves no room', async () => {
    await expect(openEncoder({ prefix: 'jazz '.repeat(62) })).rejects.toMatchObject({ code: 'invalid_option' });
  });

  it('cuts nothing; a run that was made otherwise, or with another prefix, is not continued', async () => {
    const { result } = await processed('chunk', { longText: 'chunk', textPrefix: 'a song ', outputFormat: ['jsonl'] });
    expect(result).toMatchObject({ status: 'complete', dataset: { cutCaptions: 0 } });
    const same = { longText: 'chunk', textPrefix: 'a song ' } as const;
    expect(await processPairs(options('chunk', same))).toMatchObject({ status: 'complete' });
    for (const other of [{ longText: 'truncate' }, { textPrefix: '' }] as const) {
      await expect(processPairs(options('chunk', { ...same, ...other }))).rejects.toMatchObject({
        code: 'fingerprint_mismatch',
      });
    }
  });
});
