import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readForeignIndexes } from '../../src/interchange/foreign-rows.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('foreign-rows');

it('tells a disk that fails from a file that is damaged', async () => {
  const damaged = join(folder, 'damaged.jsonl');
  writeFileSync(damaged, 'not a row\n');
  await expect(readForeignIndexes(damaged)).rejects.toMatchObject({
    name: 'CheckpointError',
    code: 'foreign_unreadable',
  });
  const failing = join(folder, 'directory.jsonl');
  mkdirSync(failing); // reading one answers EISDIR, as a failing disk answers EIO
  await expect(readForeignIndexes(failing)).rejects.toMatchObject({ name: 'StorageError', code: 'storage_io' });
});
