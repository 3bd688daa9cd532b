import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processPairs } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('manifest-note');
const COUNT = 4200;
const inputFile = join(folder, 'pairs.jsonl');
const outputDir = join(folder, 'run');
const noteFile = join(outputDir, 'manifest_note.json');
let count = COUNT;

/** There are no MIDI files: it is the texts that are worked on, and nothing takes long. */
function line(index: number): string {
  return `${JSON.stringify({ midi_file: `${index}.mid`, caption: `piece ${index}` })}\n`;
}

async function goOn(): Promise<number> {
  const { total } = await processPairs({ inputFile, outputDir, textEncoder: 'hashing', batchSize: 512, workers: 1 });
  return total;
}

beforeAll(async () => {
  writeFileSync(inputFile, Array.from({ length: COUNT }, (_, index) => line(index)).join(''));
  expect(await goOn()).toBe(COUNT);
}, 60_000);

/** With a checksum that is right. */
function forge(change: (content: string) => string): void {
  const { format, content } = JSON.parse(readFileSync(noteFile, 'utf8'));
  const forged = change(JSON.stringify(content));
  const checksum = createHash('sha256').update(forged).digest('hex');
  writeFileSync(noteFile, `{"format":"${format}","checksum":"${checksum}","content":${forged}}`);
}

/** What is noted of the pairs, without the times of the file, which tell nothing just after it was written. */
function noted(): unknown {
  const { stamp, ...content } = JSON.parse(readFileSync(noteFile, 'utf8')).content;
  return content;
}

describe('the note on the manifest in a run directory', () => {
  it('is kept, and made anew where the manifest has grown', async () => {
    const before = noted();
    expect(await goOn()).toBe(count);
    expect(noted()).toEqual(before);
    appendFileSync(inputFile, line(count++));
    expect(await goOn()).toBe(count);
    expect(noted()).not.toEqual(before);
  });

  it.each<[string, () => void]>([
    ['damaged', () => writeFileSync(noteFile, readFileSync(noteFile, 'utf8').replace('sha256:', 'sha256:0'))],
    ['forged', () => forge((content) => content.replaceAll(/sha256:[0-9a-f]{8}/g, 'sha256:00000000'))],
    ['lost', () => rmSync(noteFile)],
  ])('that is %s stops no run, and is made anew', async (_, harm) => {
    const before = noted();
    harm();
    expect(await goOn()).toBe(count);
    expect(noted()).toEqual(before);
  });

  it('that is a link to another file leaves that file alone', async () => {
    const elsewhere = join(folder, 'elsewhere.json');
    writeFileSync(elsewhere, 'mine');
    rmSync(noteFile);
    symlinkSync(elsewhere, noteFile);
    expect(await goOn()).toBe(count);
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
  });

  it('does not hide that a caption changed before the mark', async () => {
    const text = readFileSync(inputFile, 'utf8');
    writeFileSync(inputFile, text.replace('piece 77"', 'piece 78"'));
    await expect(goOn()).rejects.toMatchObject({ code: 'plan_mismatch', message: expect.stringContaining('index 77') });
    writeFileSync(inputFile, text.replace('piece 77"', 'piece 77" '));
    expect(await goOn()).toBe(count);
  });
});
