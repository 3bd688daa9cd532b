import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readContainedFile } from '../../src/manifest/read-contained-file.ts';
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
