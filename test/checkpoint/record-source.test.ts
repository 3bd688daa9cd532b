import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStage } from '../../src/checkpoint/read-stage.ts';
import { RecordSource } from '../../src/checkpoint/record-source.ts';
import { stageFiles } from '../../src/checkpoint/stage-files.ts';
import type { StageRecord } from '../../src/checkpoint/stage-reader.ts';
import type { BadSegment } from '../../src/checkpoint/walk-segments.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { context, mainPass, open, optionsFor, retryPass } from './stage-fixture.ts';

const folder = temporaryFolder('source');
const PAIRS = 30;

/** Ten segments of three pairs, some of which failed, and two retries. */
async function madeStage(name: string): Promise<{ directory: string; checkpoint: string }> {
  const directory = join(folder, name);
  const { store } = await open(directory);
  for (let first = 0; first < PAIRS; first += 3) {
    await store.commit(
      mainPass(
        first,
        first + 2,
        [first].filter((index) => index % 2 === 0),
      ),
      context,
    );
  }
  await store.commit(retryPass(1, [0, 6, 12, 24], [12]), context);
  await store.commit(retryPass(2, [12, 13]), context);
  return { directory, checkpoint: optionsFor(directory).checkpointFile };
}

async function sourceOf(checkpoint: string, onBad: (bad: BadSegment) => Promise<void> = async () => {}) {
  const reading = await readStage(checkpoint);
  if (reading === undefined) throw new Error('no stage');
  return { reading, source: new RecordSource(stageFiles(checkpoint), reading.segments, onBad) };
}

describe('a source of records', () => {
  it('gives the outcomes that a reader gives, in any order, each as often as it is asked for', async () => {
    const { checkpoint } = await madeStage('any-order');
    const { reading, source } = await sourceOf(checkpoint);
    const textOf = (record: StageRecord | undefined): string | undefined =>
      record?.ok ? Buffer.from(record.bytes).toString() : record?.failure.error;
    const expected: (string | undefined)[] = [];
    // Its bytes are good until the next one is asked for.
    for await (const record of reading.reader.records()) expected.push(textOf(record));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: PAIRS - 1 })), async (indexes) => {
        const found = await source.read(indexes);
        expect(found.map(textOf)).toEqual(indexes.map((index) => expected[index]));
      }),
    );
  });

  it('tells once of a damaged segment, and has nothing of its pairs, nor what lies under them', async () => {
    const { directory, checkpoint } = await madeStage('damaged');
    const segments = join(directory, 'midi_checkpoint.d');
    const retry = join(segments, readdirSync(segments).sort().at(-1) ?? '');
    const bytes = readFileSync(retry);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const bad: string[] = [];
    const { source } = await sourceOf(checkpoint, async ({ file }) => void bad.push(file));
    writeFileSync(retry, bytes);
    const found = await source.read([12, 13, 13, 14, 15]);
    expect(found.map((each) => each !== undefined)).toEqual([false, false, false, true, true]);
    expect(bad).toEqual([retry]);
  });
});
