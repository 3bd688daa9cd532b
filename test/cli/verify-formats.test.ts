import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { processPairs } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeCheckpoint, parseCheckpoint } from '../../src/checkpoint/checkpoint-file.ts';
import { OUTPUT_FORMATS } from '../../src/dataset/writers/output-format.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runHere } from './run-here.ts';
import { copyOf, smallRun } from './stopped-run.ts';

const folder = temporaryFolder('verify-formats');
const finished = join(folder, 'finished');
const SPLITS = 'train=0.5,validation=0.3,test=0.2';
/** All but lines of AMT, which has tokens of its own. */
const FORMATS = OUTPUT_FORMATS.filter((format) => format !== 'amt');
/** Of 24 pairs two fail. */
const ROWS = 22;

/** Captions that a reader may take apart or trim: a byte order mark, line ends of other standards. */
const CAPTIONS = [
  '\ufeffA waltz that begins with a mark',
  'line\u2028separators\u2029and\u0085more',
  'a\rcarriage return',
];

beforeAll(async () => {
  const lines = readFileSync(SAMPLE, 'utf8').split('\n').slice(0, 24);
  const pairs = lines.map((line, at) => ({
    ...JSON.parse(line),
    ...(at < 3 ? { text_description: CAPTIONS[at] } : {}),
  }));
  const manifest = join(folder, 'pairs.jsonl');
  writeFileSync(manifest, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''));
  await processPairs({
    ...smallRun(manifest, finished),
    midiRoot: dirname(SAMPLE),
    split: SPLITS,
    outputFormat: [...FORMATS],
  });
});

async function verify(run: string) {
  const result = await runHere(['verify', '--output_dir', run, '--midi_root', dirname(SAMPLE), '--json']);
  return { code: result.code, ...JSON.parse(result.stdout) };
}

function changeFile(file: string, change: (bytes: Buffer) => Buffer | string): void {
  writeFileSync(file, change(readFileSync(file)));
}

/** Makes the checksums of a data set fit its files again, so that only their content tells. */
function fitSums(run: string): void {
  const dataset = join(run, 'dataset');
  for (const list of [join(dataset, 'tokens/SHA256SUMS'), join(dataset, 'SHA256SUMS')]) {
    const lines = readFileSync(list, 'utf8').split('\n').slice(0, -1);
    const fitting = lines.map((line) => {
      const name = line.slice(66);
      const sha256 = createHash('sha256')
        .update(readFileSync(join(dirname(list), name)))
        .digest('hex');
      return `${sha256}  ${name}\n`;
    });
    writeFileSync(list, fitting.join(''));
  }
}

describe('verify', () => {
  it('finds every format as it should be, captions with marks and line ends of every kind among them', async () => {
    expect(await verify(finished)).toMatchObject({
      code: 0,
      verified: true,
      rows: ROWS,
      formats: {
        ...Object.fromEntries(FORMATS.map((format) => [format, 'rows'])),
        npy: 'numbers',
        packed: 'numbers',
      },
      checks: { checksums: { count: 0 }, checkpoints: { count: 0 }, pairs: { count: 0 } },
    });
  });

  it.each(FORMATS)(
    'verifies a data set that is in %s alone, and a second run finds nothing damaged',
    async (format) => {
      const run = copyOf(finished, folder, `only ${format}`);
      const notices: string[] = [];
      const options = { ...smallRun(join(folder, 'pairs.jsonl'), run), midiRoot: dirname(SAMPLE), split: SPLITS };
      const onEvent = (event: { type: string; message?: string }) =>
        void (event.type === 'notice' && notices.push(event.message ?? ''));
      await processPairs({ ...options, outputFormat: [format] });
      await processPairs({ ...options, outputFormat: [format] }, { onEvent });
      expect(notices.filter((notice) => notice.includes('written again'))).toEqual([]);
      expect(await verify(run)).toMatchObject({ code: 0, verified: true, rows: ROWS });
    },
  );

  it('verifies MIDI without captions in every format that holds rows', async () => {
    const lines = readFileSync(join(folder, 'pairs.jsonl'), 'utf8').trimEnd().split('\n').slice(0, 8);
    const pairs = lines.map((line, at) => ({ ...JSON.parse(line), ...(at % 2 === 0 ? { text_description: '' } : {}) }));
    const manifest = join(folder, 'some-captions.jsonl');
    writeFileSync(manifest, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''));
    const run = join(folder, 'some captions');
    const outputFormat = FORMATS.filter((format) => format !== 'npy');
    await processPairs({
      ...smallRun(manifest, run),
      midiRoot: dirname(SAMPLE),
      captions: ['optional'],
      outputFormat,
    });
    expect(await verify(run)).toMatchObject({ code: 0, verified: true, rows: 8 });
  });

  it('verifies rows that are windows in every format, and misses one that was taken out', async () => {
    const run = join(folder, 'a row per window');
    await processPairs({
      ...smallRun(join(folder, 'pairs.jsonl'), run),
      midiRoot: dirname(SAMPLE),
      maxSequenceLength: 200,
      sequencePolicy: 'split',
      windowOverlap: 60,
      rowPerWindow: true,
      addEos: true,
      pad: true,
      outputFormat: [...FORMATS],
    });
    expect(await verify(run)).toMatchObject({ code: 0, verified: true });
    const file = join(run, 'dataset/processed_data.jsonl');
    const lines = readFileSync(file, 'utf8').split('\n');
    const second = lines.findIndex((line) => line !== '' && JSON.parse(line).window.number === 1);
    expect(lines.length).toBeGreaterThan(ROWS);
    writeFileSync(file, lines.filter((_, at) => at !== second).join('\n'));
    fitSums(run);
    expect((await verify(run)).checks.pairs).toMatchObject({
      count: 1,
      first: [expect.stringContaining('has not all of its windows')],
    });
  });

  it('finds packed ids that no token has, and an index of other sequences', async () => {
    const run = copyOf(finished, folder, 'other ids');
    const packed = (name: string): string => join(run, 'dataset/packed', name);
    changeFile(packed('train.bin'), (bytes) => Buffer.concat([Buffer.of(0xff, 0xff), bytes.subarray(2)]));
    changeFile(packed('validation.bin'), (bytes) => bytes.subarray(2));
    changeFile(packed('test.idx'), (bytes) => bytes.subarray(8));
    fitSums(run);
    const { first } = (await verify(run)).checks.pairs;
    expect(first).toEqual([
      expect.stringMatching(/^packed\/test.idx: it is no index/),
      expect.stringMatching(/^packed\/train.idx: id 65535 is not in the vocabulary of \d+$/),
      expect.stringMatching(/^packed\/validation.idx: the file of ids has \d+ bytes where sequences have \d+$/),
    ]);
  });

  it.each(['tsd', 'cpword', 'octuple'] as const)(
    'verifies windows of %s, each a sequence of MidiTok',
    async (tokenizer) => {
      const run = join(folder, `windows of ${tokenizer}`);
      await processPairs({
        ...smallRun(join(folder, 'pairs.jsonl'), run),
        midiRoot: dirname(SAMPLE),
        tokenizer,
        maxSequenceLength: 200,
        sequencePolicy: 'split',
        outputFormat: ['jsonl', 'miditok', 'webdataset'],
      });
      expect(await verify(run)).toMatchObject({ code: 0, verified: true, rows: ROWS });
      const rows = readFileSync(join(run, 'dataset/processed_data.jsonl'), 'utf8').trimEnd().split('\n');
      for (const { index, midi_tokens: windows } of rows.map((row) => JSON.parse(row)).slice(0, 5)) {
        const files = windows.map((_: unknown, at: number) =>
          join(run, `dataset/tokens/00000/${String(index).padStart(8, '0')}-${String(at).padStart(4, '0')}.json`),
        );
        expect(files.map((file: string) => JSON.parse(readFileSync(file, 'utf8')).ids)).toEqual(windows);
      }
    },
  );

  it('names token files that are damaged, missing, or nobody knows', async () => {
    const run = copyOf(finished, folder, 'token files');
    const tokens = join(run, 'dataset/tokens');
    appendFileSync(join(tokens, '00000/00000003.json'), ' ');
    unlinkSync(join(tokens, '00000/00000005.json'));
    writeFileSync(join(tokens, '00000/extra.json'), '');
    mkdirSync(join(tokens, '00099'));
    writeFileSync(join(tokens, '00099/00099000.json'), '');
    const { code, checks } = await verify(run);
    expect([code, checks.checksums.first]).toEqual([
      5,
      [
        `${tokens}/00000/00000003.json is damaged`,
        `${tokens}/00000/00000005.json is missing`,
        `${tokens}/00000/extra.json is not listed`,
        `${tokens}/00099/00099000.json is not listed`,
      ],
    ]);
  });

  const inJsonLine = (index: number, change: (line: string) => string) => (bytes: Buffer) =>
    bytes
      .toString()
      .split('\n')
      .map((line) => (line.startsWith(`{"index":${index},`) ? change(line) : line))
      .join('\n');

  it.each<[what: string, path: string, change: (bytes: Buffer) => Buffer | string, message: RegExp]>([
    [
      'a token id that is not in the vocabulary',
      'processed_data.jsonl',
      inJsonLine(7, (line) => line.replace('"midi_tokens":[', '"midi_tokens":[40000,')),
      /pair 7 in processed_data\.jsonl: token id 40000 is not in the vocabulary of \d+/,
    ],
    [
      'a length that is not that of the tokens',
      'processed_data.json',
      inJsonLine(7, (line) => line.replace(/"sequence_length":\d+/, '"sequence_length":1')),
      /pair 7 in processed_data\.json: sequence_length is 1 for \d+ tokens/,
    ],
    [
      'an embedding of another length',
      'processed_data.jsonl',
      inJsonLine(7, (line) => line.replace('"embedding":[', '"embedding":[0.5,')),
      /pair 7 in processed_data\.jsonl: the embedding has \d+ numbers where others have \d+/,
    ],
    [
      'a number that is not finite',
      'processed_data.jsonl',
      inJsonLine(7, (line) => line.replace(/"duration_seconds":[\d.]+/, '"duration_seconds":1e999')),
      /pair 7 in processed_data\.jsonl: midi_metadata\.duration_seconds is not a finite number/,
    ],
    [
      'metadata that is no JSON',
      'processed_data.jsonl',
      inJsonLine(7, (line) => line.replace('"metadata":"{', '"metadata":"{{')),
      /pair 7 in processed_data\.jsonl: metadata is not the text/,
    ],
    [
      'token ids of MidiTok that are not in the vocabulary',
      'tokens/00000/00000004.json',
      () => '{"ids":[1,2,-3]}\n',
      /pair 4 in tokens: token id -3 is not in the vocabulary/,
    ],
    [
      'a matrix with a number that is not finite',
      'embeddings.npy',
      (bytes) => {
        bytes.writeFloatLE(Number.NaN, bytes.length - 4);
        return bytes;
      },
      /row 21 of embeddings\.npy is not finite/,
    ],
    [
      'a matrix that lacks a row',
      'embeddings.npy',
      (bytes) => bytes.subarray(0, bytes.length - 4),
      /embeddings\.npy holds \d+ bytes for the shape/,
    ],
    [
      'a stream of MessagePack that is cut off',
      'processed_data.msgpack',
      (bytes) => bytes.subarray(0, bytes.length - 10),
      /processed_data\.msgpack cannot be read/,
    ],
    [
      'a gzip stream that is cut off',
      'processed_data.jsonl.gz',
      (bytes) => bytes.subarray(0, bytes.length - 100),
      /processed_data\.jsonl\.gz cannot be read/,
    ],
  ])('notices %s', async (what, path, change, message) => {
    const run = copyOf(finished, folder, what);
    changeFile(join(run, 'dataset', path), change);
    fitSums(run);
    const { code, checks } = await verify(run);
    expect([code, checks.checksums.count]).toEqual([5, 0]);
    expect(checks.pairs.first.join('\n')).toMatch(message);
  });

  it.each([
    ['data', 'parquet'],
    ['webdataset', 'tar'],
  ])('notices rows in %s that are in the file of another split', async (place, extension) => {
    const run = copyOf(finished, folder, `splits of ${place}`);
    const [test, train] = ['test', 'train'].map((split) =>
      join(run, 'dataset', place, `${split}-00000-of-00001.${extension}`),
    );
    renameSync(String(train), `${train}.kept`);
    renameSync(String(test), String(train));
    renameSync(`${train}.kept`, String(test));
    fitSums(run);
    const { code, checks } = await verify(run);
    expect(code).toBe(5);
    expect(checks.pairs.first[0]).toMatch(/test-\*.*: the row says that its split is train/);
  });

  it('notices a damaged member of an archive', async () => {
    const run = copyOf(finished, folder, 'archive');
    const [tar = ''] = readdirSync(join(run, 'dataset/webdataset'));
    changeFile(join(run, 'dataset/webdataset', tar), (bytes) => {
      bytes[0] = 0x39;
      return bytes;
    });
    fitSums(run);
    expect((await verify(run)).checks.pairs.first.join('\n')).toMatch(/a header of the archive is damaged/);
  });

  it('ends soon whatever total a checkpoint claims', async () => {
    const run = copyOf(finished, folder, 'absurd');
    for (const stage of ['midi', 'text']) {
      const file = join(run, `${stage}_checkpoint.json`);
      const parsed = parseCheckpoint(readFileSync(file));
      if (parsed.kind !== 'valid') throw new Error('the checkpoint is not as it was written');
      writeFileSync(file, encodeCheckpoint({ ...parsed.checkpoint, total_files: 1e15 }));
    }
    const { code, checks } = await verify(run);
    expect(code).toBe(5);
    expect(checks.pairs.first.join('\n')).toContain('the checkpoints are of more pairs than the 24 of the manifest');
  });

  it('shows nothing of a file that only a checkpoint names', async () => {
    const run = copyOf(finished, folder, 'secret');
    unlinkSync(join(run, 'run.json'));
    const secret = join(folder, 'secret.jsonl');
    writeFileSync(secret, 'root:x:0:0:a secret\n');
    for (const stage of ['midi', 'text']) {
      const file = join(run, `${stage}_checkpoint.json`);
      const parsed = parseCheckpoint(readFileSync(file));
      if (parsed.kind !== 'valid') throw new Error('the checkpoint is not as it was written');
      const { plan } = parsed.checkpoint;
      writeFileSync(file, encodeCheckpoint({ ...parsed.checkpoint, plan: { ...plan, input_file: secret } }));
    }
    const { code, stdout, stderr } = await runHere(['verify', '--output_dir', run]);
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain('root:x');
    expect(stderr).toContain('--input_file');
  });
});
