/** Files that are others than those that rows were made from: noticed, named and done again. */
import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type ProcessOptions, processPairs } from 'midiloom';
import { describe, expect, test } from 'vitest';
import { verifyRun } from '../../src/operations/verify/verify-run.ts';
import { defaultRunFiles } from '../../src/run-directory/run-files.ts';
import { folderDigest } from '../folder-digest.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyMidi } from '../tiny-midi.ts';

const folder = temporaryFolder('changed-inputs');
let count = 0;

/** A folder of eight MIDI files with captions beside them, processed; the last but one is damaged. */
async function processed(): Promise<{ readonly input: string; readonly run: string }> {
  const home = join(folder, String(count++));
  const [input, run] = [join(home, 'music'), join(home, 'run')];
  mkdirSync(input, { recursive: true });
  for (let index = 0; index < 8; index++) {
    writeFileSync(join(input, `${index}.mid`), index === 6 ? 'no MIDI' : tinyMidi([60 + index, 64, 67]));
    writeFileSync(join(input, `${index}.txt`), `Piece number ${index}.`);
  }
  await go({ input, run });
  return { input, run };
}

async function go({ input, run }: { input: string; run: string }, more: ProcessOptions = {}) {
  const notices: string[] = [];
  const options = {
    inputFile: input,
    outputDir: run,
    workers: 1,
    batchSize: 2,
    checkpointInterval: 1,
    ...more,
  } as const;
  const result = await processPairs(
    { ...options, textEncoder: 'hashing', outputFormat: ['jsonl'] },
    { onEvent: (event) => void (event.type === 'notice' && notices.push(event.message)) },
  );
  return { notices, status: result.status, done: [result.stages.midi.doneNow, result.stages.text.doneNow] };
}

/** The data set of the input as it is now. */
async function freshDataset(input: string): Promise<Record<string, string>> {
  const run = join(folder, `fresh-${count++}`);
  await go({ input, run });
  return folderDigest(join(run, 'dataset'));
}

const NOTHING_DONE = { notices: [], status: 'complete', done: [0, 0] };

describe('verify', () => {
  test('reads every file, and names those that are not what rows were made from', async () => {
    const paths = await processed();
    const verify = () =>
      verifyRun(defaultRunFiles(paths.run), { inputFile: paths.input, midiRoot: undefined, allowOutside: false });
    expect(await verify()).toMatchObject({ verified: true, inputsGone: 0, checks: { inputs: { count: 0 } } });
    writeFileSync(join(paths.input, '2.mid'), tinyMidi([72, 74, 76]));
    expect(await verify()).toMatchObject({
      verified: false,
      checks: { inputs: { first: ['2.mid is not what the midi record of pair 2 was made from'] } },
    });
  });
});

describe('a finished run that is run again', () => {
  test('does nothing where nothing changed', async () => {
    expect(await go(await processed())).toEqual(NOTHING_DONE);
  });

  test('makes anew what changed, names it, and ends with the data set of a run that had it from the start', async () => {
    const paths = await processed();
    writeFileSync(join(paths.input, '2.mid'), tinyMidi([72, 74, 76]));
    writeFileSync(join(paths.input, '5.txt'), 'Another caption.');
    const { notices, done } = await go(paths);
    expect(done).toEqual([1, 1]);
    expect(notices).toEqual([
      '1 MIDI files changed since their rows were made, and their pairs are done again: 2.mid',
      '1 caption files changed since their rows were made, and their pairs are done again: 5.txt',
    ]);
    expect(folderDigest(join(paths.run, 'dataset'))).toEqual(await freshDataset(paths.input));
    expect(await go(paths)).toEqual(NOTHING_DONE);
  });

  test('sees through a size and a time that are as before', async () => {
    const paths = await processed();
    const file = join(paths.input, '3.mid');
    const { atime, mtime, size } = statSync(file);
    writeFileSync(file, tinyMidi([50, 51, 52]));
    utimesSync(file, atime, mtime);
    expect(statSync(file).size).toBe(size);
    expect((await go(paths)).done).toEqual([1, 0]);
  });

  test('does nothing where files were only touched, copied or linked', async () => {
    const paths = await processed();
    utimesSync(join(paths.input, '1.mid'), 1, 1);
    cpSync(join(paths.input, '0.mid'), join(folder, 'elsewhere.mid'));
    unlinkSync(join(paths.input, '4.mid'));
    cpSync(join(paths.input, '5.mid'), join(paths.input, 'copy'));
    unlinkSync(join(paths.input, '5.mid'));
    symlinkSync('copy', join(paths.input, '5.mid'));
    writeFileSync(join(paths.input, '4.mid'), tinyMidi([64, 64, 67]));
    // A folder does not list links, so that the manifest is another one: the pairs are named instead.
    const manifest = join(paths.input, 'pairs.jsonl');
    writeFileSync(manifest, `${JSON.stringify({ midi_file: '5.mid', caption: 'x' })}\n`);
    const run = join(paths.run, 'listed');
    await go({ input: manifest, run });
    utimesSync(join(paths.input, 'copy'), 1, 1);
    expect(await go({ input: manifest, run })).toEqual(NOTHING_DONE);
    writeFileSync(join(paths.input, 'copy'), tinyMidi([40]));
    expect((await go({ input: manifest, run })).done).toEqual([1, 0]);
  });

  test('keeps the rows of files that are gone, and says so', async () => {
    const paths = await processed();
    const before = readFileSync(join(paths.run, 'dataset/processed_data.jsonl'), 'utf8');
    const manifest = Array.from({ length: 8 }, (_, at) => ({ midi_file: `${at}.mid`, text_file: `${at}.txt` }));
    const inputFile = join(paths.input, 'pairs.jsonl');
    writeFileSync(inputFile, manifest.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const run = join(paths.run, 'listed');
    await go({ input: inputFile, run });
    for (const name of ['0.mid', '1.mid', '3.txt']) rmSync(join(paths.input, name));
    const { notices, done } = await go({ input: inputFile, run });
    expect(done).toEqual([0, 0]);
    expect(notices).toEqual([
      '2 MIDI files are not there any more, and the rows made from them are kept: 0.mid, 1.mid',
      '1 caption files are not there any more, and the rows made from them are kept: 3.txt',
    ]);
    expect(readFileSync(join(run, 'dataset/processed_data.jsonl'), 'utf8')).toBe(before);
  });

  test('tries a failed pair again once its file is another one', async () => {
    const paths = await processed();
    writeFileSync(join(paths.input, '6.mid'), tinyMidi());
    expect((await go(paths)).done).toEqual([1, 0]);
    expect(folderDigest(join(paths.run, 'dataset'))).toEqual(await freshDataset(paths.input));
  });

  test('looks at nothing with --check_inputs none, and says what changed in a merge', async () => {
    const paths = await processed();
    writeFileSync(join(paths.input, '2.mid'), tinyMidi([72, 74, 76]));
    expect(await go(paths, { checkInputs: 'none' })).toEqual(NOTHING_DONE);
    expect((await go(paths, { mode: 'merge' })).notices).toEqual([
      '1 MIDI files changed since their rows were made, and `--mode continue` makes their rows anew: 2.mid',
    ]);
    expect((await go(paths, { checkInputs: 'all' })).done).toEqual([1, 0]);
  });
});
