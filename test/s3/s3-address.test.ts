import { expect, test } from 'vitest';
import { joinPlace, parseS3Address, resolvePlace } from '../../src/s3/s3-address.ts';

test('an address is read, joined and written in one way', () => {
  expect(parseS3Address('s3://runs/a/b/')).toEqual({ bucket: 'runs', key: 'a/b' });
  expect(parseS3Address('S3://runs')).toEqual({ bucket: 'runs', key: '' });
  expect(joinPlace('s3://runs/a/', 'tasks', '00003-of-00016')).toBe('s3://runs/a/tasks/00003-of-00016');
  expect(joinPlace('/runs/a/', 'tasks', '00003-of-00016')).toBe('/runs/a/tasks/00003-of-00016');
  expect(resolvePlace('S3://runs/a/')).toBe('s3://runs/a');
});

test.each(['s3://', 's3://A/b', 's3://runs/a//b', 's3://runs/../b', 's3://user:secret@runs/a', 's3://ab'])(
  '%s is refused, and no secret of it is repeated',
  (text) => {
    expect(() => parseS3Address(text)).toThrow(/s3:\/\/BUCKET\/PREFIX/);
    expect(() => parseS3Address(text)).not.toThrow(/secret/);
  },
);
