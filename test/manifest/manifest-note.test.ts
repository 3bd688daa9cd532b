import { createHash } from 'node:crypto';
import { appendFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { InputOptions } from '../../src/manifest/input-options.ts';
import { openPlan } from '../../src/manifest/open-plan.ts';
import type { Plan } from '../../src/manifest/plan.ts';
import { LINK_TEXTS } from '../../src/manifest/rolling-hash.ts';
import { tempFolder } from './temp-folder.ts';

const folder = tempFolder();
const COUNT = 3 * LINK_TEXTS + 100;
const seed = Number(process.env.MIDILOOM_TEST_SEED ?? Date.now() % 1_000_000);
console.log(`manifest note: MIDILOOM_TEST_SEED=${seed}`);

afterEach(() => void vi.restoreAllMocks());

function line(index: number, more: object = {}): string {
  return JSON.stringify({ midi_file: `${index}.mid`, caption: `piece ${index}`, ...more });
}

function linesOf(count: number, at: (index: number) => string = line): string[] {
  return Array.from({ length: count }, (_, index) => at(index));
}

/** How many records are decoded meanwhile; each is one JSON text. */
async function decoding<T>(work: () => Promise<T>): Promise<{ result: T; decoded: number }> {
  const parse = vi.spyOn(JSON, 'parse');
  const result = await work();
  const decoded = parse.mock.calls.length;
  parse.mockRestore();
  return { result, decoded };
}

/** Everything that a plan says, and the hashes of its batches from a mark on. */
async function sayings(plan: Plan, marks: readonly number[]): Promise<unknown> {
  const { inputFile, format, total, hash, fields, hasCaptionLists, splits, notes, counts } = plan;
  const firsts = Array.from({ length: total }, (_, index) => plan.firstOfRecord(index));
  const batches: string[] = [];
  for await (const { first, planHash } of plan.batches(marks[0] ?? 0, 1000)) batches.push(`${first} ${planHash}`);
  const hashes = marks.map((mark) => plan.hashAt(mark));
  return { inputFile, format, total, hash, fields, hasCaptionLists, splits, notes, counts, firsts, batches, hashes };
}

describe('a manifest that was read before', () => {
  it('is resumed without decoding what is done', async () => {
    const inputFile = folder.write('resumed.jsonl', `${linesOf(COUNT).join('\n')}\n`);
    const whole = await decoding(() => openPlan({ inputFile }));
    expect(whole.decoded).toBeGreaterThanOrEqual(COUNT);
    const { note, total } = whole.result;
    const { result: plan, decoded } = await decoding(() => openPlan({ inputFile, marks: [total], note }));
    expect(plan.hashAt(COUNT)).toBe(whole.result.hash);
    expect(plan.note).toBeUndefined();
    // The first block, for the mark 0.
    expect(decoded).toBeLessThan(LINK_TEXTS + 2000);
  });

  it('is read from the last milestone on where it has grown', async () => {
    const inputFile = folder.write('grown.jsonl', `${linesOf(COUNT).join('\n')}\n`);
    const { note } = await openPlan({ inputFile });
    appendFileSync(inputFile, `${line(COUNT)}\n`);
    const { result: plan, decoded } = await decoding(() => openPlan({ inputFile, note }));
    expect(decoded).toBeLessThan(2 * LINK_TEXTS);
    expect(plan.total).toBe(COUNT + 1);
    const fresh = await openPlan({ inputFile });
    expect(plan.hash).toBe(fresh.hash);
    expect(plan.note).toBe(fresh.note);
  });

  it('is the same table when its columns are, and another one when they change their meaning', async () => {
    const rows = linesOf(COUNT, (index) => `${index}.mid,one ${index},two ${index}`).join('\n');
    const inputFile = folder.write('table.csv', `midi_file,caption,other\n${rows}\n`);
    const { note, hash } = await openPlan({ inputFile });
    expect((await openPlan({ inputFile, note })).hash).toBe(hash);
    folder.write('table.csv', `midi_file,other,caption\n${rows}\n`);
    const changed = await openPlan({ inputFile, note });
    expect(changed.hash).not.toBe(hash);
    expect(changed.hash).toBe((await openPlan({ inputFile })).hash);
  });

  it('is noticed to be another one when a character before the mark changes', async () => {
    const lines = linesOf(COUNT);
    const inputFile = folder.write('edited.jsonl', lines.join('\n'));
    const { note, hash } = await openPlan({ inputFile });
    lines[5000] = line(5000).replace('piece', 'Piece');
    folder.write('edited.jsonl', lines.join('\n'));
    const plan = await openPlan({ inputFile, note, marks: [5000, 5001] });
    const fresh = await openPlan({ inputFile, marks: [5000, 5001] });
    expect(plan.hash).not.toBe(hash);
    expect([5000, 5001].map((mark) => plan.hashAt(mark))).toEqual([5000, 5001].map((mark) => fresh.hashAt(mark)));
    expect(plan.note).toBe(fresh.note);
  });

  it('says again what is wrong with its records, and which ids are there twice', async () => {
    const lines = linesOf(COUNT, (index) => line(index, { id: index % 9000, split: index < 5000 ? 'train' : 'test' }));
    lines[6000] = '{"midi_file": ';
    lines[7000] = `{"midi_file": "a", "caption": "b", "big": 123456789012345678901234567890}`;
    const inputFile = folder.write('strange.jsonl', lines.join('\n'));
    const fresh = await openPlan({ inputFile, marks: [6500] });
    expect(fresh.notes).toHaveLength(3);
    const again = await openPlan({ inputFile, marks: [6500], note: fresh.note });
    expect(again.note).toBeUndefined();
    expect(await sayings(again, [6500])).toEqual(await sayings(fresh, [6500]));
  });

  it('knows an id that is there once before and once behind what was added', async () => {
    const inputFile = folder.write('ids.jsonl', linesOf(COUNT, (index) => `${line(index, { id: index })}\n`).join(''));
    const { note } = await openPlan({ inputFile });
    appendFileSync(inputFile, line(COUNT, { id: 3 }));
    expect((await openPlan({ inputFile, note })).notes).toEqual((await openPlan({ inputFile })).notes);
  });
});

describe('a manifest whose size and times are those of the note', () => {
  /** As if it had been written a while ago. */
  const later = (ms: number) => vi.spyOn(Date, 'now').mockReturnValue(Date.now() + ms);
  /** The note of other bytes, that claims the same times. */
  const ofOtherBytes = (note: string): string => {
    const { format, content } = JSON.parse(note.replaceAll(/"bytes":"[0-9a-f]/g, '"bytes":"x'));
    const checksum = createHash('sha256').update(JSON.stringify(content)).digest('hex');
    return JSON.stringify({ format, checksum, content });
  };

  it('is not read again, unless it is to be or was written just now', async () => {
    const inputFile = folder.write('settled.jsonl', linesOf(COUNT).join('\n'));
    const now = later(5000);
    const { note = '', hash } = await openPlan({ inputFile });
    const read = async (trustsTimes: boolean) => {
      const { result, decoded } = await decoding(() => openPlan({ inputFile, note: ofOtherBytes(note), trustsTimes }));
      expect(result.hash).toBe(hash);
      return decoded;
    };
    expect(await read(true)).toBeLessThan(LINK_TEXTS + 2000);
    expect(await read(false)).toBeGreaterThanOrEqual(COUNT);
    now.mockRestore();
    expect(await read(true)).toBeGreaterThanOrEqual(COUNT);
  });

  it('is found out where it was rewritten and its time put back', async () => {
    const lines = linesOf(COUNT);
    const inputFile = folder.write('put-back.jsonl', lines.join('\n'));
    later(5000);
    const { note, hash } = await openPlan({ inputFile });
    const { atime, mtime } = statSync(inputFile);
    lines[77] = line(77).replace('piece', 'peace');
    await new Promise((resolve) => setTimeout(resolve, 20));
    folder.write('put-back.jsonl', lines.join('\n'));
    utimesSync(inputFile, atime, mtime);
    expect((await openPlan({ inputFile, note, trustsTimes: true })).hash).not.toBe(hash);
  });

  it('gets a note with its times where only these have changed', async () => {
    const inputFile = folder.write('touched.jsonl', linesOf(COUNT).join('\n'));
    const { note, hash } = await openPlan({ inputFile });
    later(5000);
    const again = await openPlan({ inputFile, note, trustsTimes: true });
    expect([again.hash, again.note === undefined]).toEqual([hash, false]);
    expect((await openPlan({ inputFile, note: again.note, trustsTimes: true })).note).toBeUndefined();
  });
});

describe('a note', () => {
  it.each<[string, (note: string) => string]>([
    ['cut off', (note) => note.slice(0, note.length / 2)],
    ['with another number in it', (note) => note.replace(/"index":\d+/, '"index":4097')],
    ['with the hash of other pairs', (note) => note.replace(/sha256:[0-9a-f]{8}/, 'sha256:00000000')],
    ['with another end', (note) => note.replace(/("end":\{"index":)\d+/, '$112345')],
    ['of another format', (note) => note.replace('note-2', 'note-9')],
    ['that is none', () => '[]'],
    ['that is empty', () => ''],
  ])('%s is not believed', async (_, damage) => {
    const inputFile = folder.write('noted.jsonl', linesOf(COUNT).join('\n'));
    const fresh = await openPlan({ inputFile });
    const note = damage(fresh.note ?? '');
    expect(note).not.toBe(fresh.note);
    const { result: plan, decoded } = await decoding(() => openPlan({ inputFile, note }));
    expect(decoded).toBeGreaterThanOrEqual(COUNT);
    expect([plan.total, plan.hash, plan.note]).toEqual([COUNT, fresh.hash, fresh.note]);
  });

  it.each<[string, Omit<InputOptions, 'inputFile'>]>([
    ['another field for the text', { textField: 'other' }],
    ['another choice of captions', { captions: 'join' }],
    ['another seed', { seed: 1 }],
    ['an encoding', { encoding: 'latin1' }],
    ['only some records', { limit: 5000 }],
    ['a sample', { sample: 5000 }],
  ])('is not believed where %s is asked for', async (_, options) => {
    const inputFile = folder.write('asked.jsonl', linesOf(COUNT, (index) => line(index, { other: 'x' })).join('\n'));
    const { note } = await openPlan({ inputFile });
    const plan = await openPlan({ inputFile, note, ...options });
    const fresh = await openPlan({ inputFile, ...options });
    expect(await sayings(plan, [0])).toEqual(await sayings(fresh, [0]));
  });

  it('is not made of what cannot be known by bytes in order, nor of what is read in no time', async () => {
    const array = folder.write('array.json', `[${linesOf(COUNT).join(',')}]`);
    const short = folder.write('short.jsonl', linesOf(LINK_TEXTS).join('\n'));
    for (const inputFile of [array, short]) expect((await openPlan({ inputFile })).note).toBeUndefined();
  });
});

/** Records of all kinds that may stand in the way of a start in the middle. */
const kinds: readonly ((index: number) => string)[] = [
  (index) => line(index),
  (index) => line(index, { caption: ['a', 'b', `c ${index}`] }),
  (index) => line(index, { split: index % 3 === 0 ? 'train' : 'test' }),
  (index) => line(index, { id: `id ${index % 10_000}` }),
  (index) => JSON.stringify({ caption: `no path ${index}` }),
  (index) => `{"midi_file": ${index}`,
  (index) => `${line(index).slice(0, -1)}, "n": 0.12345678901234567890123}`,
  (index) => `  ${line(index)}\t\r\n\n`,
];

describe('a changed manifest', () => {
  const edit = fc.record({
    at: fc.nat(COUNT),
    remove: fc.nat(3),
    insert: fc.array(fc.nat(kinds.length - 1), { maxLength: 3 }),
  });
  it('is read with an old note as without one, whatever changed', async () => {
    const inputFile = join(folder.path, 'changed.jsonl');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(COUNT), fc.nat(kinds.length - 1)), { maxLength: 4 }),
        fc.constantFrom(0, 0, 1),
        fc.constantFrom('', '\uFEFF'),
        fc.array(edit, { maxLength: 2 }),
        fc.constantFrom('', '\n', `\n${line(COUNT)}`),
        fc.nat(COUNT),
        async (strange, main, start, edits, end, mark) => {
          const lines = linesOf(COUNT, kinds[main]);
          for (const [at, kind] of strange) lines[at] = kinds[kind]?.(at) ?? '';
          writeFileSync(inputFile, start + lines.join('\n'));
          const { note } = await openPlan({ inputFile });
          for (const { at, remove, insert } of edits) {
            lines.splice(at, remove, ...insert.map((kind) => kinds[kind]?.(at) ?? ''));
          }
          writeFileSync(inputFile, start + lines.join('\n') + end);
          const fresh = await openPlan({ inputFile, marks: [mark] });
          const plan = await openPlan({ inputFile, marks: [mark], note });
          expect(await sayings(plan, [mark])).toEqual(await sayings(fresh, [mark]));
          if (plan.note !== undefined) expect(plan.note).toBe(fresh.note);
        },
      ),
      { seed, numRuns: 8 },
    );
  }, 60_000);
});
