import { expect, test } from 'vitest';
import { locate } from '../../src/manifest/fetched-file.ts';
import { readContainedFile } from '../../src/manifest/read-contained-file.ts';

const inside = { allowOutside: false };
const anywhere = { allowOutside: true };

test.each([
  ['s3://bucket/midi', 'a/b.mid', inside, { ok: true, bucket: 'bucket', key: 'midi/a/b.mid' }],
  ['s3://bucket', 'a/./b.mid', inside, { ok: true, bucket: 'bucket', key: 'a/b.mid' }],
  ['s3://bucket/midi', 's3://bucket/midi/c.mid', inside, { ok: true, bucket: 'bucket', key: 'midi/c.mid' }],
  ['s3://bucket/midi', 's3://other/c.mid', anywhere, { ok: true, bucket: 'other', key: 'c.mid' }],
  ['s3://bucket/midi', '../c.mid', anywhere, { ok: true, bucket: 'bucket', key: 'c.mid' }],
  ['s3://bucket/midi', 's3://other/c.mid', inside, { ok: false, code: 'path_outside' }],
  ['s3://bucket/midi', 's3://bucket/midi-of-another/c.mid', inside, { ok: false, code: 'path_outside' }],
  ['s3://bucket/midi', '../midi-of-another/c.mid', inside, { ok: false, code: 'path_outside' }],
  ['s3://bucket/midi', 'a/../../c.mid', inside, { ok: false, code: 'path_outside' }],
  ['s3://bucket/midi', '../../c.mid', anywhere, { ok: false, code: 'path_outside' }],
  ['s3://bucket/midi', '/etc/passwd', anywhere, { ok: false, code: 'path_outside' }],
  ['s3://bucket/midi', '', inside, { ok: false, code: 'path_invalid' }],
  ['s3://bucket/midi', 'a\0b', inside, { ok: false, code: 'path_invalid' }],
  ['s3://bucket/midi', 's3://-/c.mid', anywhere, { ok: false, code: 'path_invalid' }],
])('below %s the path %j leads where it may', (root, path, containment, expected) => {
  expect(locate(root, path, containment)).toMatchObject(expected);
});

test('a file of a bucket that nobody fetched is said to be one, and not looked for in a folder called s3:', () => {
  const outcome = readContainedFile('s3://bucket/midi', 'a.mid', { ...inside, maxBytes: 100 });
  expect(outcome).toMatchObject({ ok: false, message: expect.stringContaining('bucket') });
});

test('what was fetched is unpacked and held to its size as a file is', () => {
  const access = { ...inside, maxBytes: 4 };
  const stamp = new Uint8Array(8);
  const read = (bytes: Uint8Array, path: string) =>
    readContainedFile('s3://bucket', path, access, { ok: true, bytes, stamp });
  expect(read(Buffer.from('MThd'), 'a.mid')).toEqual({ ok: true, bytes: Buffer.from('MThd'), stamp });
  expect(read(Buffer.from([0x1f, 0x8b, 0]), 'a.mid.gz')).toMatchObject({ ok: false, code: 'file_damaged', stamp });
});
