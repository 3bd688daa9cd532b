import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readContainedFile, spelledOtherwise } from '../../src/manifest/read-contained-file.ts';
import { tempFolder } from './temp-folder.ts';

const folder = tempFolder();
const root = join(folder.path, 'root');
folder.write('root/a.mid', 'MThd');
folder.write('root/empty.mid', '');
folder.write('root/limit.mid', 'x'.repeat(100));
folder.write('root/large.mid', 'x'.repeat(101));
folder.write('outside/secret.mid', 'secret');
mkdirSync(join(root, 'folder.mid'));
symlinkSync('a.mid', join(root, 'link.mid'));
symlinkSync('link.mid', join(root, 'link-to-link.mid'));
symlinkSync('../outside/secret.mid', join(root, 'escape.mid'));
symlinkSync('../outside', join(root, 'escape'));
symlinkSync('loop.mid', join(root, 'loop.mid'));
symlinkSync('/dev/zero', join(root, 'device.mid'));

const access = { allowOutside: false, maxBytes: 100 };
const read = (path: string, options = access) => readContainedFile(root, path, options);

describe('a file of the manifest', () => {
  it.each([
    ['a.mid', 'MThd'],
    ['link.mid', 'MThd'],
    ['link-to-link.mid', 'MThd'],
    ['empty.mid', ''],
    ['limit.mid', 'x'.repeat(100)],
  ])('%s is read whole', (path, content) => {
    const outcome = read(path);
    expect(outcome.ok && Buffer.from(outcome.bytes).toString()).toBe(content);
  });

  it.each([
    ['absent.mid', 'file_not_found'],
    ['a.mid/b.mid', 'file_not_found'],
    ['large.mid', 'file_too_large'],
    ['folder.mid', 'file_not_regular'],
    ['.', 'file_not_regular'],
    ['escape.mid', 'path_outside'],
    ['escape/secret.mid', 'path_outside'],
    ['../outside/secret.mid', 'path_outside'],
    [join(root, 'a.mid'), 'path_outside'],
    ['device.mid', 'path_outside'],
    ['loop.mid', 'file_unreadable'],
    ['', 'path_invalid'],
    ['a\0.mid', 'path_invalid'],
    ['x'.repeat(300), 'path_invalid'],
  ])('%s is refused as %s', (path, code) => {
    expect(read(path)).toMatchObject({ ok: false, code, message: expect.stringMatching(/./) });
  });

  it('outside the root is read where that is allowed', () => {
    for (const path of ['escape.mid', 'escape/secret.mid', '../outside/secret.mid']) {
      const outcome = read(path, { ...access, allowOutside: true });
      expect(outcome.ok && Buffer.from(outcome.bytes).toString()).toBe('secret');
    }
  });

  it('that is a pipe without a writer does not block, however many there are', () => {
    for (let number = 0; number < 8; number++) {
      execFileSync('mkfifo', [join(root, `pipe${number}.mid`)]);
      expect(read(`pipe${number}.mid`)).toMatchObject({ ok: false, code: 'file_not_regular' });
    }
  });

  it('that is a device is refused even where paths may lead anywhere', () => {
    for (const path of ['device.mid', '/dev/zero', '/dev/null', '/dev/tty']) {
      expect(read(path, { ...access, allowOutside: true })).toMatchObject({ ok: false });
    }
  });

  it('that is a socket is refused', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(join(root, 'socket.mid'), listening));
    expect(read('socket.mid')).toMatchObject({ ok: false, code: 'file_not_regular' });
    await new Promise((closed) => server.close(closed));
  });

  it.skipIf(process.getuid?.() === 0)('without permission is refused with the reason', () => {
    chmodSync(folder.write('root/locked.mid', 'x'), 0);
    expect(read('locked.mid')).toMatchObject({ ok: false, code: 'file_unreadable', message: /EACCES/ });
  });

  it('does not use up file descriptors, whatever comes', () => {
    for (let time = 0; time < 3000; time++) {
      for (const path of ['a.mid', 'large.mid', 'folder.mid', 'link.mid']) read(path);
    }
    expect(read('a.mid').ok).toBe(true);
  });
});

describe('a folder that is exchanged for a link while a run goes on', () => {
  it('is noticed by the file that was opened, though the folder was seen before', () => {
    folder.write('root/swapped/a.mid', 'inside');
    folder.write('outside/a.mid', 'outside');
    const remembering = { ...access, knownFolders: new Map<string, string>() };
    expect(readContainedFile(root, 'swapped/a.mid', remembering)).toMatchObject({ ok: true });
    renameSync(join(root, 'swapped'), join(root, 'moved'));
    symlinkSync('../outside', join(root, 'swapped'));
    // As the attacker would have it: the folder resolves to where it was before.
    remembering.knownFolders.set(join(root, 'swapped'), join(root, 'swapped'));
    const outcome = readContainedFile(root, 'swapped/a.mid', remembering);
    expect(outcome).toMatchObject({ ok: false, code: 'path_outside', message: expect.stringContaining('exchanged') });
    expect(readContainedFile(root, 'swapped/a.mid', { ...remembering, allowOutside: true })).toMatchObject({
      ok: true,
    });
  });
});

describe('a packed file', () => {
  it('is unpacked, within the limit', () => {
    folder.write('root/packed.mid.gz', gzipSync('MThd of a packed file'));
    folder.write('root/bomb.mid.gz', gzipSync('x'.repeat(101)));
    folder.write('root/cut.mid.gz', gzipSync('MThd of a packed file').subarray(0, 20));
    folder.write('root/plain.mid.gz', 'MThd');
    const packed = read('packed.mid.gz');
    expect(packed.ok && Buffer.from(packed.bytes).toString()).toBe('MThd of a packed file');
    expect(read('bomb.mid.gz')).toMatchObject({ ok: false, code: 'file_too_large' });
    expect(read('cut.mid.gz')).toMatchObject({ ok: false, code: 'file_damaged' });
    expect(read('plain.mid.gz')).toMatchObject({ ok: true });
  });
});

describe('a name that is spelled otherwise on the disk', () => {
  it.each([
    ['composed, where the disk has it decomposed', 'caf\u00e9.mid', 'cafe\u0301.mid'],
    ['decomposed, where the disk has it composed', 'Mu\u0308ller.mid', 'M\u00fcller.mid'],
    ['with the slashes of Windows', 'sub\\b.mid', 'sub/b.mid'],
    ['with both', 'sub\\U\u0308.mid', 'sub/\u00dc.mid'],
  ])('is found: %s', (_, asked, onDisk) => {
    folder.write(`root/${onDisk}`, 'MThd');
    expect(read(asked)).toMatchObject({ ok: true });
    expect(spelledOtherwise(root, asked)).toBe(onDisk);
  });

  it.each([
    ['Song.MID', 'it is there as "song.mid"; upper and lower case differ'],
    ['my%20song.mid', 'it is there as "my song.mid"; write it without % codes'],
    ['https://example.org/a.mid', 'it is an address'],
    ['C:\\midi\\a.mid', 'it is a path of another computer'],
    ['nowhere/a.mid', '--midi_root names another'],
  ])('or missing, with a hint: %s', (path, hint) => {
    folder.write('root/song.mid', 'x');
    folder.write('root/my song.mid', 'x');
    const outcome = read(path);
    expect(outcome).toMatchObject({ ok: false, code: 'file_not_found', message: expect.stringContaining(hint) });
    expect(JSON.stringify(outcome)).not.toContain(folder.path);
  });
});
