import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  createDirectory,
  replaceDurably,
  writeDurably,
  writeSharedFile,
} from '../../src/checkpoint/durable-replace.ts';
import { type FileSystem, nodeFileSystem, type OpenFile } from '../../src/checkpoint/file-system.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const text = (value: string): Buffer => Buffer.from(value);

function failing(errno: string): never {
  throw Object.assign(new Error(`${errno}: injected`), { code: errno });
}

/** The real file system, with some calls of its open files replaced. */
function withFile(changes: (file: OpenFile) => Partial<OpenFile>): FileSystem {
  return {
    ...nodeFileSystem,
    open: async (path, flags, mode) => {
      const file = await nodeFileSystem.open(path, flags, mode);
      const plain: OpenFile = {
        write: (...args) => file.write(...args),
        read: (...args) => file.read(...args),
        sync: () => file.sync(),
        stat: () => file.stat(),
        close: () => file.close(),
      };
      return { ...plain, ...changes(plain) };
    },
  };
}

test('the old file becomes the backup, and nothing else is left', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'checkpoint');
  for (const value of ['one', 'two', 'three']) await replaceDurably(file, text(value));
  expect(readFileSync(file, 'utf8')).toBe('three');
  expect(readFileSync(`${file}.bak`, 'utf8')).toBe('two');
  expect(readdirSync(directory).sort()).toEqual(['checkpoint', 'checkpoint.bak']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('lets others read what is for them', async () => {
  const file = join(temporaryDirectory(), 'report');
  const before = process.umask(0o022);
  try {
    await writeSharedFile(file, 'a page');
  } finally {
    process.umask(before);
  }
  expect(readFileSync(file, 'utf8')).toBe('a page');
  expect(statSync(file).mode & 0o777).toBe(0o644);
});

test('what an earlier crash left in the way is replaced', async () => {
  const file = join(temporaryDirectory(), 'checkpoint');
  await replaceDurably(file, text('one'));
  for (const name of ['.tmp', '.bak.new', '.bak']) writeFileSync(`${file}${name}`, 'stale');
  await replaceDurably(file, text('two'));
  expect(readFileSync(`${file}.bak`, 'utf8')).toBe('one');
  expect(existsSync(`${file}.bak.new`)).toBe(false);
});

test('a planted link at the temporary name is removed, not written through', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'checkpoint');
  const victim = join(temporaryDirectory(), 'victim');
  writeFileSync(victim, 'untouched');
  symlinkSync(victim, `${file}.tmp`);
  await replaceDurably(file, text('one'));
  expect(readFileSync(victim, 'utf8')).toBe('untouched');
  expect(readFileSync(file, 'utf8')).toBe('one');
});

test('a link that appears at the temporary name just before it is opened is refused', async () => {
  const file = join(temporaryDirectory(), 'checkpoint');
  const victim = join(temporaryDirectory(), 'victim');
  writeFileSync(victim, 'untouched');
  const planting: FileSystem = {
    ...nodeFileSystem,
    open: (path, flags, mode) => {
      if (path.endsWith('.tmp')) symlinkSync(victim, path);
      return nodeFileSystem.open(path, flags, mode);
    },
  };
  await expect(writeDurably(file, [text('one')], planting)).rejects.toMatchObject({ name: 'StorageError' });
  expect(readFileSync(victim, 'utf8')).toBe('untouched');
});

test('short counts are completed', async () => {
  const file = join(temporaryDirectory(), 'segment');
  const short = withFile((plain) => ({
    write: (bytes, offset, length) => plain.write(bytes, offset, Math.min(length, 3)),
  }));
  expect(await writeDurably(file, [text('abcdefgh'), text(''), text('ijk')], short)).toBe(11);
  expect(readFileSync(file, 'utf8')).toBe('abcdefghijk');
});

test('a write that takes nothing is a full disk, not an endless loop', async () => {
  const file = join(temporaryDirectory(), 'segment');
  const full = withFile(() => ({ write: async () => ({ bytesWritten: 0 }) }));
  await expect(writeDurably(file, [text('x')], full)).rejects.toMatchObject({ code: 'storage_full' });
});

test('a file that is shorter than what was written is not published', async () => {
  const directory = temporaryDirectory();
  const lying = withFile((plain) => ({
    write: async (bytes, offset, length) => {
      await plain.write(bytes, offset, length - 1);
      return { bytesWritten: length };
    },
  }));
  await expect(writeDurably(join(directory, 'f'), [text('xyz')], lying)).rejects.toMatchObject({ code: 'storage_io' });
  expect(readdirSync(directory)).toEqual([]);
});

test('after a failed fsync the descriptor is not used again, and the old file stays', async () => {
  const file = join(temporaryDirectory(), 'checkpoint');
  await replaceDurably(file, text('old'));
  let syncs = 0;
  const broken = withFile(() => ({
    sync: async () => {
      syncs++;
      failing('EIO');
    },
  }));
  const error = { name: 'StorageError', code: 'storage_io', message: expect.stringMatching(/checkpoint\.tmp.*EIO/) };
  await expect(replaceDurably(file, text('new'), broken)).rejects.toMatchObject(error);
  expect(syncs).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe('old');
  expect(existsSync(`${file}.tmp`)).toBe(false);
});

test.each(['EPERM', 'ENOTSUP', 'EMLINK'])('where links answer %s the backup is a copy', async (errno) => {
  const file = join(temporaryDirectory(), 'checkpoint');
  const linkless: FileSystem = { ...nodeFileSystem, link: async () => failing(errno) };
  for (const value of ['one', 'two']) await replaceDurably(file, text(value), linkless);
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(readFileSync(`${file}.bak`, 'utf8')).toBe('one');
});

test.each([
  ['ENOSPC', 'storage_full'],
  ['EDQUOT', 'storage_full'],
  ['EROFS', 'storage_read_only'],
  ['EACCES', 'storage_read_only'],
  ['EIO', 'storage_io'],
])('%s is %s', async (errno, code) => {
  const file = join(temporaryDirectory(), 'checkpoint');
  const broken: FileSystem = { ...nodeFileSystem, rename: async () => failing(errno) };
  await expect(replaceDurably(file, text('x'), broken)).rejects.toMatchObject({ name: 'StorageError', code });
});

test('created directories are synced from the top, and so is one that is there already', async () => {
  const synced: string[] = [];
  const recording: FileSystem = {
    ...nodeFileSystem,
    open: async (path, flags, mode) => {
      const file = await nodeFileSystem.open(path, flags, mode);
      const sync = file.sync.bind(file);
      file.sync = async () => {
        synced.push(path);
        await sync();
      };
      return file;
    },
  };
  const root = temporaryDirectory();
  await createDirectory(join(root, 'a', 'b'), recording);
  expect(synced.splice(0)).toEqual([dirname(root), root, join(root, 'a')]);
  await createDirectory(join(root, 'a', 'b'), recording);
  expect(synced).toEqual([join(root, 'a')]);
});

test('/dev/full is a full disk', async () => {
  const full: FileSystem = {
    ...nodeFileSystem,
    open: (path, flags, mode) =>
      path.endsWith('.tmp') ? nodeFileSystem.open('/dev/full', 1) : nodeFileSystem.open(path, flags, mode),
  };
  const file = join(temporaryDirectory(), 'checkpoint');
  await expect(replaceDurably(file, text('x'), full)).rejects.toMatchObject({ code: 'storage_full' });
});

test('on a full disk the old file and its backup stay, and saving works once there is room', async (test) => {
  const directory = join(temporaryDirectory(), 'small');
  mkdirSync(directory);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', directory], { stdio: 'pipe' });
  } catch (error) {
    console.log(`skipped: cannot mount a tmpfs here (${String(error).split('\n')[0]})`);
    return test.skip();
  }
  try {
    const file = join(directory, 'checkpoint');
    for (const value of ['one', 'two']) await replaceDurably(file, text(value));
    await expect(replaceDurably(file, Buffer.alloc(1e6))).rejects.toMatchObject({
      code: 'storage_full',
      message: expect.stringContaining(dirname(file)),
    });
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readFileSync(`${file}.bak`, 'utf8')).toBe('one');
    expect(readdirSync(directory).sort()).toEqual(['checkpoint', 'checkpoint.bak']);
    await replaceDurably(file, text('three'));
    expect(readFileSync(file, 'utf8')).toBe('three');
  } finally {
    execFileSync('umount', [directory]);
  }
});
