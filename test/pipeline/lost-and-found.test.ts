import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { createTokenizer, planRun, presetConfig, processPairs, type RunEvent, readRunStatus } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { resetRun } from '../../src/operations/reset-run.ts';
import { defaultRunFiles } from '../../src/run-directory/run-files.ts';
import { smallRun, stopEarly } from '../cli/stopped-run.ts';
import { folderDigest } from '../folder-digest.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { SAMPLE } from './sample-run.ts';

const folder = temporaryFolder('lost-and-found');
const undisturbed = join(folder, 'undisturbed');

beforeAll(async () => {
  await processPairs(smallRun(SAMPLE, undisturbed));
});

const datasetOf = (run: string): Record<string, string> => folderDigest(join(run, 'dataset'));

describe('a run with a second place', () => {
  it('goes on from there when its directory is lost, without doing anything twice', async () => {
    const [run, backupDir] = [join(folder, 'lost'), join(folder, 'drive')];
    await stopEarly(SAMPLE, run, { backupDir });
    const { stages } = await readRunStatus(defaultRunFiles(run));
    rmSync(run, { recursive: true });
    const resumed: unknown[] = [];
    await processPairs(
      { ...smallRun(SAMPLE, run), backupDir },
      { onEvent: (event) => void (event.type === 'planned' && resumed.push([event.resumed.midi, event.resumed.text])) },
    );
    expect(resumed).toEqual([[stages.midi.last_processed_idx + 1, stages.text.last_processed_idx + 1]]);
    expect(datasetOf(run)).toEqual(datasetOf(undisturbed));
  });

  it('remembers there how it was made, its tokenizer too: the two directories are enough', async () => {
    const tokenizerConfig = join(folder, 'own-tokenizer.json');
    writeFileSync(tokenizerConfig, createTokenizer({ ...presetConfig('tsd'), num_velocities: 8 }).toJson());
    const how = { tokenizerConfig, filter: 'n_notes>=20' };
    const [whole, run, backupDir] = ['whole', 'forgotten', 'remembering'].map((name) => join(folder, name));
    await processPairs({ ...smallRun(SAMPLE, whole ?? ''), ...how });
    await stopEarly(SAMPLE, run ?? '', { backupDir, ...how });
    for (const lost of [run ?? '', tokenizerConfig]) rmSync(lost, { recursive: true });
    const told = { outputDir: run, backupDir };
    expect(await planRun(told)).toMatchObject({ input_file: SAMPLE });
    const notices: string[] = [];
    const onEvent = (event: RunEvent) => event.type === 'notice' && notices.push(event.message);
    const { resumed } = await processPairs(told, { onEvent });
    expect(resumed.midi).toBeGreaterThan(0);
    expect(notices.join()).toContain(`the run goes on as ${backupDir} remembers it`);
    expect(datasetOf(run ?? '')).toEqual(datasetOf(whole ?? ''));
    expect(await processPairs({ outputDir: run })).toMatchObject({ status: 'complete' });
    // A place without a checkpoint has nothing to go on with.
    const empty = join(folder, 'empty-place');
    mkdirSync(empty);
    copyFileSync(join(backupDir ?? '', 'run.json'), join(empty, 'run.json'));
    const fresh = processPairs({ outputDir: join(folder, 'fresh'), backupDir: empty });
    await expect(fresh).rejects.toMatchObject({ code: 'missing_option' });
  });

  it('is not undone when it is reset, also where the drive was away then', async () => {
    for (const isAway of [false, true]) {
      const [run, backupDir] = [join(folder, `reset-${isAway}`), join(folder, `reset-${isAway}-drive`)];
      await processPairs({ ...smallRun(SAMPLE, run), backupDir });
      if (isAway) renameSync(backupDir, `${backupDir}.unmounted`);
      const { copies } = await resetRun(run, { stages: ['text'] });
      expect(copies).toEqual([
        { directory: backupDir, pending: isAway ? expect.stringContaining('not the place it was') : undefined },
      ]);
      if (isAway) renameSync(`${backupDir}.unmounted`, backupDir);
      const { stages } = await processPairs({ ...smallRun(SAMPLE, run), backupDir, textDim: 64 });
      expect([stages.midi.doneNow, stages.text.doneNow]).toEqual([0, 53]);
      const left = [...readdirSync(run), ...readdirSync(backupDir)].filter((name) => /\.old-|lock/.test(name));
      expect(left).toEqual([]);
    }
  });

  it('keeps its second place to itself while it is going', async () => {
    const backupDir = join(folder, 'shared-drive');
    const runs = ['one', 'two'].map((name) => processPairs({ ...smallRun(SAMPLE, join(folder, name)), backupDir }));
    const ended = await Promise.allSettled(runs);
    const refused = ended.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(['backup_locked']);
    expect(await processPairs({ ...smallRun(SAMPLE, join(folder, 'two-alone')) })).toMatchObject({
      status: 'complete',
    });
  });

  it('ends as without one when the drive vanishes on the way, and says so once for each stage', async () => {
    const [run, backupDir] = [join(folder, 'vanishing'), join(folder, 'vanishing-drive')];
    const notices: string[] = [];
    await processPairs(
      { ...smallRun(SAMPLE, run), backupDir },
      {
        onEvent: (event) => {
          if (event.type === 'saved' && existsSync(backupDir)) renameSync(backupDir, `${backupDir}.unmounted`);
          if (event.type === 'notice') notices.push(event.message);
        },
      },
    );
    expect(notices.filter((notice) => notice.includes('cannot be kept up'))).toHaveLength(2);
    expect(datasetOf(run)).toEqual(datasetOf(undisturbed));
    expect(existsSync(backupDir)).toBe(false);
  });
});

describe('a run whose MIDI files vanish on the way', () => {
  it('stops, saved, until they are back, and fails no pair for it', async () => {
    const home = join(folder, 'vanishing-input');
    cpSync(dirname(SAMPLE), home, { recursive: true });
    const manifest = join(home, 'pairs.jsonl');
    const [midi, away] = [join(home, 'midi'), join(home, 'midi.unmounted')];
    const run = join(folder, 'without-input');
    const options = { ...smallRun(manifest, run), workers: 1 };
    const unmount = (event: { readonly type: string; readonly stage?: string }): void => {
      if (event.type === 'saved' && event.stage === 'midi' && existsSync(midi)) renameSync(midi, away);
    };
    await expect(processPairs(options, { onEvent: unmount })).rejects.toMatchObject({ code: 'input_gone' });
    await expect(processPairs(options)).rejects.toMatchObject({ code: 'input_gone' });
    const { stages } = await readRunStatus(defaultRunFiles(run));
    expect(stages.midi.completed).toBeGreaterThan(0);
    renameSync(away, midi);
    await processPairs(options);
    expect(datasetOf(run)).toEqual(datasetOf(undisturbed));
  });
});

describe('a run none of whose MIDI files was ever there', () => {
  it('fails its pairs, and says nothing of a drive', async () => {
    const inputFile = join(folder, 'never.jsonl');
    const pairs = [0, 1, 2].map((at) => ({ midi_file: `never-${at}.mid`, text_description: 'a caption' }));
    writeFileSync(inputFile, pairs.map((pair) => JSON.stringify(pair)).join('\n'));
    const run = join(folder, 'never');
    expect(await processPairs(smallRun(inputFile, run))).toMatchObject({ completed: 0, failed: 3 });
    expect(await processPairs(smallRun(inputFile, run))).toMatchObject({ completed: 0, failed: 3 });
  });
});

describe('a bad segment in the middle', () => {
  const segmentOf = (run: string, stage: string): string => join(run, `${stage}_checkpoint.d/segment-0000001.msgpack`);

  it.each([
    ['missing', (file: string) => rmSync(file)],
    ['damaged at its head', (file: string) => writeFileSync(file, 'x')],
    [
      'damaged in its records',
      (file: string) => writeFileSync(file, `${readFileSync(file, 'latin1').slice(0, -1)}?`, 'latin1'),
    ],
  ])('%s costs its own pairs, and the data set is the same', async (kind, damage) => {
    const run = join(folder, `hole-${kind.replaceAll(' ', '-')}`);
    cpSync(undisturbed, run, { recursive: true });
    rmSync(join(run, 'dataset'), { recursive: true });
    for (const stage of ['midi', 'text']) damage(segmentOf(run, stage));
    const { stages, status } = await processPairs(smallRun(SAMPLE, run));
    expect([status, stages.midi.doneNow, stages.text.doneNow]).toEqual(['complete', 8, 8]);
    expect(datasetOf(run)).toEqual(datasetOf(undisturbed));
    const again = await processPairs(smallRun(SAMPLE, run));
    expect([again.stages.midi.doneNow, again.stages.text.doneNow]).toEqual([0, 0]);
    expect(datasetOf(run)).toEqual(datasetOf(undisturbed));
  });
});

describe('a run that cannot go on', () => {
  it('is failed until a later one goes on', async () => {
    const manifest = join(folder, 'pairs.jsonl');
    cpSync(dirname(SAMPLE), folder, { recursive: true });
    const whole = readFileSync(manifest, 'utf8').repeat(20);
    writeFileSync(manifest, whole);
    const run = join(folder, 'failed');
    const files = defaultRunFiles(run);
    const options = { ...smallRun(manifest, run), batchSize: 32 };
    const broken = processPairs(options, {
      onEvent: ({ type }) => void (type === 'saved' && writeFileSync(manifest, whole.replaceAll('"', "'"))),
    });
    await expect(broken).rejects.toMatchObject({ code: 'manifest_changed' });
    expect((await readRunStatus(files)).status).toBe('failed');

    writeFileSync(manifest, whole);
    const stoppedBy: unknown[] = [];
    await processPairs(options, {
      onEvent: (event) => void (event.type === 'planned' && stoppedBy.push(event.resumed.stoppedBy)),
    });
    expect(stoppedBy).toEqual([expect.stringContaining('error manifest_changed: ')]);
    expect((await readRunStatus(files)).status).toBe('completed');
  });
});
