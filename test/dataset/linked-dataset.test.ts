import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../src/checkpoint/file-system.ts';
import { mergeDataset } from '../../src/dataset/merge-dataset.ts';
import { contentOf, runDirectory } from './run-directory.ts';
import { mergeInput } from './synthetic-run.ts';

const MEMORY_DISK = '/dev/shm';
const otherDisk = [MEMORY_DISK, '/var/tmp'].find(
  (path) => existsSync(path) && statSync(path).dev !== statSync(tmpdir()).dev,
);
if (otherDisk === undefined) console.log('skipped: a data set on another disk, because there is none');

/** A run directory whose `dataset` is a link to a folder elsewhere, which is not made. */
function linkedRun(target: string): string {
  const outputDir = runDirectory();
  symlinkSync(target, join(outputDir, 'dataset'));
  return outputDir;
}

function expectLink(outputDir: string, target: string): void {
  expect(lstatSync(join(outputDir, 'dataset')).isSymbolicLink()).toBe(true);
  expect(readlinkSync(join(outputDir, 'dataset'))).toBe(target);
  expect(readdirSync(outputDir)).toEqual(['dataset']);
}

async function contentWithoutLink(total: number): Promise<Readonly<Record<string, string>>> {
  const outputDir = runDirectory();
  await mergeDataset(mergeInput({ total }, outputDir));
  return contentOf(outputDir);
}

describe('a data set whose folder is a link', () => {
  it('is written where the link leads, and the link stays', async () => {
    const disk = runDirectory();
    const target = join(disk, 'big');
    mkdirSync(target);
    const outputDir = linkedRun(target);
    const result = await mergeDataset(mergeInput({ total: 5 }, outputDir));
    expect(result.directory).toBe(join(outputDir, 'dataset'));
    await mergeDataset(mergeInput({ total: 9 }, outputDir));
    expectLink(outputDir, target);
    expect(readdirSync(disk)).toEqual(['big']);
    expect(contentOf(outputDir)).toEqual(await contentWithoutLink(9));
  });

  it('is written where a link to a link leads, relative ones too', async () => {
    const around = runDirectory();
    const outputDir = linkedRun(`../${basename(around)}/inner`);
    mkdirSync(join(around, 'real'));
    symlinkSync('real', join(around, 'inner'));
    await mergeDataset(mergeInput({ total: 5 }, outputDir));
    expect(readdirSync(around).sort()).toEqual(['inner', 'real']);
    expect(contentOf(outputDir)).toEqual(await contentWithoutLink(5));
  });

  it('touches nothing beside the target', async () => {
    const disk = runDirectory();
    for (const name of ['big', 'big.old', 'big.tmp', 'big.old/mine', 'big.tmp/mine']) mkdirSync(join(disk, name));
    const outputDir = linkedRun(join(disk, 'big'));
    for (const total of [5, 9]) await mergeDataset(mergeInput({ total }, outputDir));
    expect(readdirSync(disk).sort()).toEqual(['big', 'big.old', 'big.tmp']);
    expect(readdirSync(join(disk, 'big.old'))).toEqual(['mine']);
  });

  it.each<[what: string, prepare: (disk: string) => string, message: RegExp]>([
    ['on a disk that is not mounted', (disk) => join(disk, 'big'), /mount its disk/],
    ['in a folder that is not there', (disk) => join(disk, 'not-mounted/big'), /mount its disk/],
    [
      'to a folder with other things',
      (disk) => {
        mkdirSync(join(disk, 'photos'));
        writeFileSync(join(disk, 'photos/one.jpg'), 'x');
        return join(disk, 'photos');
      },
      /holds other things/,
    ],
    [
      'to a file',
      (disk) => {
        writeFileSync(join(disk, 'file'), 'x');
        return join(disk, 'file');
      },
      /is no folder/,
    ],
  ])('%s is refused, and nothing is changed', async (_, prepare, message) => {
    const disk = runDirectory();
    const target = prepare(disk);
    const outputDir = linkedRun(target);
    const before = readdirSync(disk, { recursive: true });
    const outcome = mergeDataset(mergeInput({ total: 5 }, outputDir));
    await expect(outcome).rejects.toMatchObject({ code: 'storage_io', message: expect.stringMatching(message) });
    expect(readdirSync(disk, { recursive: true })).toEqual(before);
    expectLink(outputDir, target);
  });

  it('in a ring is refused', async () => {
    const outputDir = linkedRun('dataset');
    await expect(mergeDataset(mergeInput({ total: 5 }, outputDir))).rejects.toMatchObject({ code: 'storage_io' });
  });

  it('gets its old data set back after a stop between the two renames', async () => {
    const disk = runDirectory();
    mkdirSync(join(disk, 'big'));
    const outputDir = linkedRun(join(disk, 'big'));
    await mergeDataset(mergeInput({ total: 5 }, outputDir));
    const before = contentOf(outputDir);
    renameSync(join(disk, 'big'), join(disk, '.big.midiloom-old'));
    mkdirSync(join(disk, '.big.midiloom-tmp'));
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(mergeDataset(mergeInput({ total: 5 }, outputDir, { signal }))).rejects.toThrow('stopped');
    expect(contentOf(outputDir)).toEqual(before);
    expect(readdirSync(disk)).toEqual(['big']);
  });

  it('keeps its old data set when a rename fails', async () => {
    const disk = runDirectory();
    mkdirSync(join(disk, 'big'));
    const outputDir = linkedRun(join(disk, 'big'));
    await mergeDataset(mergeInput({ total: 5 }, outputDir));
    const before = contentOf(outputDir);
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      rename: async (from, to) => {
        if (to === join(disk, 'big') && from.endsWith('-tmp')) throw Object.assign(new Error('EIO'), { code: 'EIO' });
        await nodeFileSystem.rename(from, to);
      },
    };
    await expect(mergeDataset(mergeInput({ total: 9 }, outputDir, { fileSystem }))).rejects.toMatchObject({
      code: 'storage_io',
    });
    expect(contentOf(outputDir)).toEqual(before);
    expect(readdirSync(disk)).toEqual(['big']);
  });

  it.skipIf(otherDisk === undefined)('is written on another disk', async () => {
    const disk = mkdtempSync(join(otherDisk ?? '', 'midiloom-'));
    onTestFinished(() => rmSync(disk, { recursive: true }));
    mkdirSync(join(disk, 'big'));
    const outputDir = linkedRun(join(disk, 'big'));
    await mergeDataset(mergeInput({ total: 5 }, outputDir));
    expect(statSync(join(outputDir, 'dataset')).dev).toBe(statSync(disk).dev);
    expect(contentOf(outputDir)).toEqual(await contentWithoutLink(5));
  });

  it.skipIf(!existsSync(MEMORY_DISK))('is not written in place of a disk itself', async () => {
    await expect(mergeDataset(mergeInput({ total: 5 }, linkedRun(MEMORY_DISK)))).rejects.toMatchObject({
      message: expect.stringContaining('the root of a disk'),
    });
  });
});
