import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processPairs, requestRetry, skipPairs } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { acquireRunLock } from '../../src/checkpoint/run-lock.ts';
import { silent } from '../../src/log.ts';
import { openPlan } from '../../src/manifest/open-plan.ts';
import { stopEarly } from '../cli/stopped-run.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const docs = readFileSync(fileURLToPath(new URL('../../docs/checkpoints.md', import.meta.url)), 'utf8');
const chapter = docs.slice(docs.indexOf('## Every field of every file'));
const folder = temporaryFolder('fields');
const run = join(folder, 'run');
const backupDir = join(folder, 'second');

beforeAll(async () => {
  await stopEarly(SAMPLE, run, { backupDir, textModel: 'https://me:secret@hub.example/model' });
  await requestRetry(run);
  await skipPairs(run, [52]);
}, 60_000);

/** The names of all fields; what an option or a code is called is not a field. */
function fieldsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  return Object.entries(value).flatMap(([name, inner]) => {
    const isNamedByUs = !['options', 'fields', 'stages'].includes(name);
    return [name, ...(isNamedByUs ? fieldsOf(inner) : [])];
  });
}

function undocumented(text: string, isLines: boolean): string[] {
  const values: unknown[] = isLines
    ? text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [JSON.parse(text)];
  return [...new Set(values.flatMap(fieldsOf))].filter((name) => !chapter.includes(`\`${name}\``));
}

describe('docs/checkpoints.md', () => {
  it('has every field of every file in a run directory', async () => {
    const lock = await acquireRunLock(run, silent);
    const names = readdirSync(run).filter((name) => /\.(json|jsonl|bak|lock)$/.test(name));
    for (const name of ['run.json', 'sessions.jsonl', 'midi_checkpoint.json', 'midi_checkpoint.requests.json']) {
      expect(names).toContain(name);
    }
    for (const name of names) {
      if (name === 'processing_stats.json') continue; // of the data set
      expect(undocumented(readFileSync(join(run, name), 'utf8'), name.endsWith('.jsonl')), name).toEqual([]);
    }
    await lock.release();
    expect(undocumented(readFileSync(join(backupDir, 'midiloom-backup.json'), 'utf8'), false)).toEqual([]);
  });

  it('has the fields of a session that failed, and of one that came to its end', async () => {
    await processPairs({ outputDir: run });
    expect(existsSync(join(run, 'dataset'))).toBe(true);
    expect(undocumented(readFileSync(join(run, 'sessions.jsonl'), 'utf8'), true)).toEqual([]);
  });

  it('has the fields of the note on a long manifest', async () => {
    const inputFile = join(folder, 'long.jsonl');
    const record = (index: number) =>
      `{"midi_file": "${index}.mid", "caption": "a", "number": 12345678901234567890123}\n`;
    writeFileSync(inputFile, Array.from({ length: 5000 }, (_, index) => record(index)).join(''));
    const { note = '' } = await openPlan({ inputFile });
    expect(note).toContain('"losses":[{');
    expect(undocumented(note, false)).toEqual([]);
  });
});
