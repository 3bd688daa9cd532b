import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPlan } from '../../src/manifest/open-plan.ts';
import { limitsWith, readBatches, readPairs } from './read-plan.ts';
import { tempFolder } from './temp-folder.ts';

const folder = tempFolder();
const seed = Number(process.env.MIDILOOM_TEST_SEED ?? Date.now() % 1_000_000);
console.log(`manifest properties: MIDILOOM_TEST_SEED=${seed}`);
const runs = { seed, numRuns: 60 };

/** Text as it may come: any Unicode, and what the formats give a meaning to. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom('"', ',', '\t', '\n', '\r', '[', ']', '{', '}', '\\', ':', ' ', 'a', '\uFEFF', '\u2028'),
  }),
);
const pathText = text.filter((value) => value !== '');
/** A name that no field of a pair has. */
const name = fc.stringMatching(/^x[a-z_]{0,8}$/);

const jsonRecord = fc.record({
  midi_file: pathText,
  caption: text,
  metadata: fc.dictionary(name, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }),
});
const jsonRecords = fc.array(jsonRecord, { minLength: 1, maxLength: 12 });
const windowBytes = fc.oneof(fc.integer({ min: 1, max: 64 }), fc.constant(4096));
const space = fc.string({ unit: fc.constantFrom(' ', '\n', '\r\n', '\t'), maxLength: 3 });
const lineEnd = fc.constantFrom('\n', '\r\n', '\n\n', ' \r\n\t\n');

type JsonRecord = typeof jsonRecord extends fc.Arbitrary<infer T> ? T : never;

/** As JSON carries it: -0 becomes 0, a `__proto__` is not taken along. */
function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => (key === '__proto__' ? undefined : inner));
}

async function readBack(inputFile: string, window: number): Promise<unknown> {
  const plan = await openPlan({ inputFile, limits: limitsWith({ windowBytes: window }) });
  const pairs = await readPairs(plan, 0, 5);
  return pairs.map(({ midiFile, text, metadata }) => ({ midi_file: midiFile, caption: text, metadata }));
}

function expected(records: readonly JsonRecord[]): unknown {
  return throughJson(records);
}

describe('what is written is read back, whatever the size of the window', () => {
  it('as JSON lines', async () => {
    await fc.assert(
      fc.asyncProperty(jsonRecords, windowBytes, lineEnd, fc.boolean(), async (records, window, separator, mark) => {
        const content = records.map((record) => JSON.stringify(record)).join(separator);
        const inputFile = folder.write('property.jsonl', (mark ? '\uFEFF' : '') + content);
        expect(await readBack(inputFile, window)).toEqual(expected(records));
      }),
      runs,
    );
  });

  it('as a JSON array, alone or under "pairs"', async () => {
    const around = fc.option(fc.dictionary(name, fc.jsonValue(), { maxKeys: 3 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(jsonRecords, windowBytes, space, around, async (records, window, gap, others) => {
        const elements = records.map((record) => JSON.stringify(record, null, gap.includes('\n') ? 1 : 0));
        const array = `${gap}[${gap}${elements.join(`${gap},${gap}`)}${gap}]${gap}`;
        const beside = others === undefined ? undefined : JSON.stringify(others).slice(1, -1);
        const comma = beside === '' ? '' : ',';
        const content = beside === undefined ? array : `{${beside}${comma}"pairs":${array}${comma}${beside}}`;
        expect(await readBack(folder.write('property.json', content), window)).toEqual(expected(records));
      }),
      runs,
    );
  });

  it.each([
    ['csv', ','],
    ['tsv', '\t'],
  ])('as %s', async (extension, delimiter) => {
    const row = fc.record({ midi_file: pathText, caption: text, xyz: text });
    const quoted = (cell: string) =>
      /["\r\n,\t]/.test(cell) || cell === '' ? `"${cell.replaceAll('"', '""')}"` : cell;
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        windowBytes,
        fc.constantFrom('\n', '\r\n', '\n\r\n'),
        async (rows, window, separator) => {
          const cells = rows.map(({ midi_file, caption, xyz }) => [midi_file, caption, xyz].map(quoted));
          const table = [['midi_file', 'caption', 'xyz'], ...cells].map((line) => line.join(delimiter)).join(separator);
          const records = rows.map(({ midi_file, caption, xyz }) => ({ midi_file, caption, metadata: { xyz } }));
          expect(await readBack(folder.write(`property.${extension}`, table), window)).toEqual(records);
        },
      ),
      runs,
    );
  });
});

it('the rolling hash depends on the records alone, not on window, batch size, marks or where reading begins', async () => {
  await fc.assert(
    fc.asyncProperty(
      jsonRecords,
      windowBytes,
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.nat(12), { maxLength: 3 }),
      fc.nat(12),
      fc.boolean(),
      async (records, window, batchSize, marks, from, asLines) => {
        const lines = records.map((record) => JSON.stringify(record));
        const content = asLines ? lines.join('\n') : `[${lines.join(',')}]`;
        const inputFile = folder.write(`hash.${asLines ? 'jsonl' : 'json'}`, content);
        const reference = await openPlan({ inputFile, marks: lines.map((_, index) => index) });
        const plan = await openPlan({ inputFile, marks, limits: limitsWith({ windowBytes: window }) });
        expect(plan.hash).toBe(reference.hash);
        for (const mark of marks) {
          expect(plan.hashAt(mark)).toBe(mark <= lines.length ? reference.hashAt(mark) : undefined);
        }
        let next = from;
        for (const { first, last, planHash, pairs } of await readBatches(plan, from, batchSize)) {
          expect([first, pairs.length]).toEqual([next, last - first + 1]);
          expect(planHash).toBe(reference.hashAt(last + 1));
          next = last + 1;
        }
        expect(next).toBe(Math.max(from, lines.length));
      },
    ),
    runs,
  );
});

it('bytes of any kind end in a plan or a named error, never in another exception', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '{"pairs":[',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"path"',
      '"',
      '\\',
      '\n',
      'path,text\n',
      'null',
      '1e5',
    ),
    fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  );
  const extension = fc.constantFrom('json', 'jsonl', 'csv', 'tsv', 'txt');
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 20 }), extension, windowBytes, async (pieces, ending, window) => {
      const inputFile = folder.write(`any.${ending}`, Buffer.from(pieces.join(''), 'latin1'));
      const limits = limitsWith({ windowBytes: window });
      const outcome = await openPlan({ inputFile, limits }).then(
        (plan) => `${plan.total > 0}`,
        (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
      );
      expect(['true', 'manifest_invalid', 'manifest_empty', 'fields_missing']).toContain(outcome);
    }),
    { seed, numRuns: 300 },
  );
});
