/** Run directories of earlier versions, which every later one must continue. This file never goes away, nor do they. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processPairs } from 'midiloom';
import { describe, expect, test } from 'vitest';
import { canonicalJson, isJsonObject } from '../../src/checkpoint/json.ts';
import { sha256 } from '../../src/checkpoint/sha256.ts';
import { exportRun } from '../../src/operations/export-run.ts';
import { importRun } from '../../src/operations/import-run.ts';
import { pairStates } from '../../src/operations/pair-states.ts';
import { readRunStatus } from '../../src/operations/read-run-status.ts';
import { validateRun } from '../../src/operations/validate-run.ts';
import { verifyRun } from '../../src/operations/verify/verify-run.ts';
import { defaultRunFiles } from '../../src/run-directory/run-files.ts';
import { collect } from '../checkpoint/stage-fixture.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const VERSIONS = readdirSync(HERE).filter((name) => /^v\d+$/.test(name));
const RUNS = ['interrupted', 'interrupted-text', 'complete', 'retried'];
/** A retry was asked for in the last one, and not begun. */
const FATES: Readonly<Record<string, readonly string[]>> = {
  interrupted: ['midi', 'set aside', 'text', 'set aside'],
  'interrupted-text': ['midi', 'kept', 'text', 'kept'],
  complete: ['midi', 'kept', 'text', 'kept'],
  retried: ['midi', 'set aside', 'text', 'kept'],
};
const folder = temporaryFolder('golden-runs');

interface GoldenRun {
  readonly directory: string;
  readonly inputFile: string;
}

/** A copy that a test may change. */
function copyOf(version: string, run: string, name: string): GoldenRun {
  const home = join(folder, `${version}-${run}-${name}`);
  cpSync(join(HERE, version), home, { recursive: true });
  return { directory: join(home, run), inputFile: join(home, 'input/pairs.jsonl') };
}

const optionsOf = ({ directory, inputFile }: GoldenRun) =>
  ({
    inputFile,
    outputDir: directory,
    workers: 1,
    batchSize: 2,
    checkpointInterval: 2,
    textEncoder: 'hashing',
    textDim: 16,
    outputFormat: ['jsonl'],
  }) as const;

describe.each(VERSIONS.flatMap((version) => RUNS.map((run) => [version, run] as const)))('%s, %s', (version, run) => {
  test('can be read as it is', async () => {
    const golden = copyOf(version, run, 'read');
    const files = defaultRunFiles(golden.directory);
    expect(await validateRun(files)).toMatchObject({ valid: true });
    expect((await readRunStatus(files)).stages).toMatchObject({ midi: { total: 12 }, text: { total: 12 } });
    expect(await collect(pairStates(files))).toHaveLength(12);
  });

  test('goes on, and ends as a run whose data set is verified', async () => {
    const golden = copyOf(version, run, 'continued');
    const notices: string[] = [];
    const result = await processPairs(optionsOf(golden), {
      onEvent: (event) => void (event.type === 'notice' && notices.push(event.message)),
    });
    expect(result).toMatchObject({ status: 'complete', total: 12 });
    // What it had finished stays as it was; a stage that it had not would hold records of two kinds.
    const fates = notices.flatMap(
      (notice) => /of the (\w+) stage .* earlier version .*; they are (kept|set aside)/.exec(notice)?.slice(1) ?? [],
    );
    expect(fates).toEqual(FATES[run]);
    expect(result.stages.midi.done).toBe(12);
    const files = defaultRunFiles(golden.directory);
    expect(await validateRun(files)).toMatchObject({ valid: true });
    const verification = await verifyRun(files, {
      inputFile: golden.inputFile,
      midiRoot: undefined,
      allowOutside: false,
    });
    expect(verification).toMatchObject({ verified: true, rows: result.dataset?.rows });
    // One of the pairs that had failed succeeds when it is tried again.
    expect(result.dataset?.rows).toBe(run === 'retried' || run === 'interrupted' ? 10 : 9);
  });

  test('is merged where it is done', async () => {
    const golden = copyOf(version, run, 'merged');
    rmSync(join(golden.directory, 'dataset'), { recursive: true, force: true });
    const result = await processPairs({ ...optionsOf(golden), mode: 'merge', savePartial: true });
    expect(result.dataset?.rows).toBeGreaterThan(0);
    expect(existsSync(join(golden.directory, 'dataset/processed_data.jsonl'))).toBe(true);
  });

  test('is exported and imported', async () => {
    const golden = copyOf(version, run, 'exported');
    const file = join(golden.directory, 'export.json');
    await exportRun(golden.directory, file);
    const other = { ...golden, directory: join(golden.directory, 'imported') };
    const options = { inputFile: undefined, byPosition: false, stage: undefined };
    await importRun(other.directory, file, options);
    expect(await processPairs(optionsOf(other))).toMatchObject({ status: 'complete', total: 12 });
  });
});

test('a checkpoint of a newer version is refused with the version to install, and left alone', async () => {
  const golden = copyOf(VERSIONS[0] ?? '', 'complete', 'newer');
  const file = join(golden.directory, 'midi_checkpoint.json');
  const written: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isJsonObject(written)) throw new Error('no object');
  const { checksum: _, ...old } = written;
  const body = { ...old, version: 99, midiloom: '7.8.9', of_a_later_time: { any: 'thing' } };
  const checksum = `sha256:${sha256([Buffer.from(canonicalJson(body))]).toString('hex')}`;
  const text = `${JSON.stringify({ ...body, checksum }, null, 2)}\n`;
  writeFileSync(file, text);
  await expect(processPairs(optionsOf(golden))).rejects.toMatchObject({
    name: 'CheckpointError',
    code: 'checkpoint_version',
    message: expect.stringMatching(/version 99, written by midiloom 7\.8\.9.*npm install midiloom@7\.8\.9/),
  });
  expect(readFileSync(file, 'utf8')).toBe(text);
});
