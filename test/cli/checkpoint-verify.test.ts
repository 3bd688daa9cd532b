import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processPairs } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderDigest } from '../folder-digest.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { json, runHere } from './run-here.ts';
import { copyOf, smallRun } from './stopped-run.ts';

const folder = temporaryFolder('verify');
const finished = join(folder, 'finished');

beforeAll(async () => {
  await processPairs({
    ...smallRun(SAMPLE, finished),
    outputFormat: ['jsonl', 'jsonl.gz', 'json', 'parquet', 'msgpack'],
  });
});

async function verify(run: string, ...more: string[]) {
  const result = await runHere(['verify', '--output_dir', run, '--json', ...more]);
  return { code: result.code, ...JSON.parse(result.stdout) };
}

/** Changes a file of the data set and its checksum with it, so that only the content tells. */
function forge(run: string, name: string, change: (text: string) => string): void {
  const file = join(run, 'dataset', name);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  const sums = join(run, 'dataset', 'SHA256SUMS');
  const lines = readFileSync(sums, 'utf8').split('\n');
  writeFileSync(sums, lines.map((line) => (line.endsWith(`  ${name}`) ? `${sha256}  ${name}` : line)).join('\n'));
}

describe('verify', () => {
  it('finds a finished run as it should be, in every format that it reads', async () => {
    expect(await verify(finished)).toMatchObject({
      code: 0,
      verified: true,
      rows: 49,
      checks: { checksums: { count: 0 }, checkpoints: { count: 0 }, pairs: { count: 0 } },
    });
    expect((await runHere(['verify', '--output_dir', finished])).stdout).toContain('49 rows: verified');
  });

  it('names files that are damaged, missing, or nobody knows', async () => {
    const run = copyOf(finished, folder, 'files');
    const dataset = join(run, 'dataset');
    appendFileSync(join(dataset, 'data', 'train-00000-of-00001.parquet'), 'x');
    unlinkSync(join(dataset, 'tokenizer.json'));
    writeFileSync(join(dataset, 'extra.txt'), '');
    const { code, checks } = await verify(run);
    expect([code, checks.checksums]).toEqual([
      5,
      {
        count: 3,
        first: [
          `${join(dataset, 'data', 'train-00000-of-00001.parquet')} is damaged`,
          `${join(dataset, 'tokenizer.json')} is missing`,
          `${join(dataset, 'extra.txt')} is not listed`,
        ],
      },
    ]);
  });

  it('names damaged checkpoints', async () => {
    const run = copyOf(finished, folder, 'segments');
    unlinkSync(join(run, 'text_checkpoint.d', 'segment-0000002.msgpack'));
    const { code, checks } = await verify(run);
    expect([code, checks.checkpoints]).toMatchObject([
      5,
      { count: 1, first: [expect.stringContaining('segment 2 of 7')] },
    ]);
  });

  const changeRow = (index: number, change: (row: Record<string, unknown>) => Record<string, unknown> | undefined) => {
    return (text: string): string =>
      text
        .split('\n')
        .flatMap((line) => {
          if (!line.startsWith(`{"index":${index},`)) return line;
          const row = change(JSON.parse(line));
          return row === undefined ? [] : JSON.stringify(row);
        })
        .join('\n');
  };

  it.each([
    [
      'a caption that is not the manifest',
      changeRow(7, (row) => ({ ...row, text_description: 'other' })),
      'the caption of pair 7',
    ],
    ['a row that is missing', changeRow(7, () => undefined), 'pair 7 is neither among the rows'],
    ['a row that is twice', (text: string) => text + text.slice(0, text.indexOf('\n') + 1), 'pair 0 is twice'],
    [
      'a row of a pair that failed',
      changeRow(7, (row) => ({ ...row, index: 9 })),
      'pair 9 is among the rows of jsonl and in a list',
    ],
    ['a row of a pair that does not exist', changeRow(7, (row) => ({ ...row, index: 700 })), 'has a row of pair 700'],
    ['a line that is no row', (text: string) => text.replace('{', '['), 'cannot be read'],
  ])('notices %s', async (what, change, message) => {
    const run = copyOf(finished, folder, what);
    forge(run, 'processed_data.jsonl', change);
    const { code, checks } = await verify(run);
    expect(code).toBe(5);
    expect(checks.checksums.count).toBe(0);
    expect(checks.pairs.first.join('\n')).toContain(message);
  });

  it('notices a manifest that is not the one', async () => {
    const other = join(folder, 'other.jsonl');
    const [first = '', ...rest] = readFileSync(SAMPLE, 'utf8').split('\n');
    writeFileSync(other, [first.replace(/"text_description": ?"/, '"text_description":"Other: '), ...rest].join('\n'));
    const { code, checks } = await verify(finished, '--input_file', other);
    expect(code).toBe(5);
    expect(checks.pairs.first[0]).toContain('the caption of pair 0');
  });

  it('takes a partial data set for what it says it is', async () => {
    const run = join(folder, 'partial');
    const stop = new AbortController();
    await processPairs(
      { ...smallRun(SAMPLE, run), savePartial: true },
      { signal: stop.signal, onEvent: ({ type }) => void (type === 'saved' && stop.abort()) },
    );
    expect(await verify(run)).toMatchObject({
      partial: true,
      checks: { checksums: { count: 0 }, pairs: { count: 0 } },
    });
  });

  it.each([['no data set', (run: string) => rmSync(join(run, 'dataset'), { recursive: true }), 'no_dataset']])(
    'says with exit 2 that there is %s',
    async (name, change, code) => {
      const run = copyOf(finished, folder, name);
      change(run);
      const result = await runHere(['verify', '--output_dir', run]);
      expect([result.code, result.stderr]).toEqual([2, expect.stringContaining(code)]);
    },
  );
});

describe('continue', () => {
  it('names outputs that are missing or damaged, and writes them again', async () => {
    const run = copyOf(finished, folder, 'outputs');
    unlinkSync(join(run, 'dataset', 'failures.jsonl'));
    writeFileSync(join(run, 'dataset', 'processed_data.jsonl'), '');
    const notices: string[] = [];
    await processPairs(smallRun(SAMPLE, run), {
      onEvent: (event) => void (event.type === 'notice' && notices.push(event.message)),
    });
    expect(notices).toEqual([
      expect.stringContaining('failures.jsonl is missing'),
      expect.stringContaining('processed_data.jsonl is damaged'),
    ]);
    expect(await json('verify', '--output_dir', run)).toMatchObject({ verified: true });
    const { 'processed_data.jsonl': rewritten } = folderDigest(join(run, 'dataset'));
    expect(rewritten).toBe(folderDigest(join(finished, 'dataset'))['processed_data.jsonl']);
  });
});
