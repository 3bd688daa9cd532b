import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveContained } from '../../src/manifest/contained-path.ts';
import { tempFolder } from './temp-folder.ts';

const folder = tempFolder();
const root = join(folder.path, 'root');
folder.write('root/a.mid', 'a');
folder.write('root/sub/b.mid', 'b');
folder.write('root/..odd/c.mid', 'c');
folder.write('outside/secret.mid', 's');
folder.write('root-beside/near.mid', 'n');
mkdirSync(join(root, 'links'));
symlinkSync('../a.mid', join(root, 'links/inside.mid'));
symlinkSync('../../outside/secret.mid', join(root, 'links/outside.mid'));
symlinkSync('../../outside', join(root, 'links/folder'));
symlinkSync('../../root-beside', join(root, 'links/beside'));
symlinkSync('loop.mid', join(root, 'links/loop.mid'));
symlinkSync('nowhere.mid', join(root, 'links/dangling.mid'));
symlinkSync('root', join(folder.path, 'root-link'));

const contained = { allowOutside: false };
const anywhere = { allowOutside: true };

describe('a path of the manifest', () => {
  it.each([
    ['a.mid', 'root/a.mid'],
    ['./sub//b.mid', 'root/sub/b.mid'],
    ['sub/../a.mid', 'root/a.mid'],
    ['..odd/c.mid', 'root/..odd/c.mid'],
    ['links/inside.mid', 'root/a.mid'],
    ['.', 'root'],
  ])('%j stays inside', (path, target) => {
    const expected = { ok: true, path: realpathSync(join(folder.path, target)) };
    expect(resolveContained(root, path, contained)).toEqual(expected);
    expect(resolveContained(join(folder.path, 'root-link'), path, contained)).toEqual(expected);
    expect(resolveContained(root, path, anywhere)).toEqual(expected);
  });

  it.each([
    ['../outside/secret.mid', 'outside/secret.mid', '".."'],
    ['../root-beside/near.mid', 'root-beside/near.mid', '".."'],
    ['sub/../../outside/secret.mid', 'outside/secret.mid', '".."'],
    [join(folder.path, 'outside/secret.mid'), 'outside/secret.mid', 'absolute'],
    [join(root, 'a.mid'), 'root/a.mid', 'absolute'],
    ['links/outside.mid', 'outside/secret.mid', 'link'],
    ['links/folder/secret.mid', 'outside/secret.mid', 'link'],
    ['links/beside/near.mid', 'root-beside/near.mid', 'link'],
  ])('%j leads out, which must be allowed', (path, target, how) => {
    const refusal = resolveContained(root, path, contained);
    expect(refusal).toMatchObject({ ok: false, code: 'path_outside' });
    expect(refusal).toMatchObject({ message: expect.stringMatching(new RegExp(`${how}.*--allow_outside`)) });
    const expected = { ok: true, path: realpathSync(join(folder.path, target)) };
    expect(resolveContained(root, path, anywhere)).toEqual(expected);
  });

  it.each([
    ['', 'path_invalid'],
    ['a.mid\0.txt', 'path_invalid'],
    ['x'.repeat(5000), 'path_invalid'],
    ['absent.mid', 'file_not_found'],
    ['absent/a.mid', 'file_not_found'],
    ['a.mid/b.mid', 'file_not_found'],
    ['links/dangling.mid', 'file_not_found'],
    ['\ud800.mid', 'file_not_found'],
    ['links/loop.mid', 'file_unreadable'],
  ])('%j leads nowhere', (path, code) => {
    for (const containment of [contained, anywhere]) {
      expect(resolveContained(root, path, containment)).toMatchObject({ ok: false, code });
    }
  });

  it('is shown in messages escaped, cut, and without the place of the root', () => {
    for (const path of ['absent/\u001b[2J.mid', '../x', '/etc/\u0007', 'x'.repeat(9000), 'a.mid\0', 'links/folder/x']) {
      const refusal = resolveContained(root, path, contained);
      const message = refusal.ok ? '' : refusal.message;
      expect(message).not.toContain(folder.path);
      expect(message).not.toMatch(/\p{Cc}/u);
      expect(message.length).toBeGreaterThan(0);
      expect(message.length).toBeLessThan(400);
    }
  });

  it('gives the same answer when its folder is known from before', () => {
    const knownFolders = new Map<string, string>();
    for (const path of [
      'a.mid',
      'links/folder/secret.mid',
      'sub/b.mid',
      'links/outside.mid',
      '../outside/secret.mid',
    ]) {
      const expected = resolveContained(root, path, contained);
      for (let time = 0; time < 2; time++) {
        expect(resolveContained(root, path, { allowOutside: false, knownFolders })).toEqual(expected);
      }
    }
  });
});
