import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/errors.ts';
import { openPlan } from '../../src/manifest/open-plan.ts';
import { limitsWith, readPairs } from './read-plan.ts';
import { tempFolder } from './temp-folder.ts';

const folder = tempFolder();
const good = '{"midi_file": "a.mid"}';

async function errorOf(inputFile: string, windowBytes = 1024): Promise<ConfigError> {
  const limits = limitsWith({ windowBytes, maxRecordBytes: 2000, maxMetadataBytes: 1000 });
  const outcome = await openPlan({ inputFile, limits }).catch((error: unknown) => error);
  if (outcome instanceof ConfigError) return outcome;
  throw new Error(`no ConfigError but ${String(outcome)}`);
}

/** [name, content, line, byte, what the message says]; the marker ¦ shows the byte and is taken out. */
const faults: readonly (readonly [string, string, number, RegExp])[] = [
  ['a broken element.json', `[\n${good},\n{"midi_file":\n ¦b}\n]`, 4, /not valid JSON: "b}" cannot/],
  ['a bad escape.json', `[\n${good},\n{"midi_file": "¦\\x"}]`, 3, /not valid JSON/],
  ['a trailing comma.json', `[\n${good},\n¦]`, 3, /a record must begin here/],
  ['two commas.json', `[${good},¦,${good}]`, 1, /a record must begin here/],
  ['a missing comma.json', `[${good}\n¦${good}]`, 2, /must be followed by "," or "]"/],
  ['an array that is not closed.json', `[\n${good},\n${good}\n¦`, 4, /the file ends before/],
  ['nothing after a comma.json', `[\n${good},¦`, 2, /the file ends before/],
  ['a record that is not closed.json', `[\n${good},\n{"midi_file": "b.mid"¦`, 3, /the file ends before/],
  ['a quote that is not closed.json', `[\n${good},\n{"midi_file": "b.mid},¦\n${good}]`, 3, /not valid JSON/],
  ['text after the array.json', `[${good}]\n ¦x`, 2, /nothing may follow/],
  ['no header.csv', `¦a.mid,a song\nb.mid,another\n`, 1, /must name the columns/],
  ['a column twice.csv', `¦path,text,text\na,b,c\n`, 1, /"text" is there twice/],
  ['pairs twice.json', `{"pairs": [${good}],\n¦"pairs": [${good}]}`, 2, /a second "pairs"; join/],
  ['several arrays.json', `{¦"a": [${good}],\n"b": [${good}]}`, 1, /several arrays of records: "a", "b"/],
  ['a scalar.json', `¦5`, 1, /must be an array or/],
  ['an object without records.json', `{¦\n"a": 1,\n"b": [1, 2]}`, 1, /has "a", "b", and nowhere an array of records/],
  ['an object that is not closed.json', `{"a": [1, ¦2`, 1, /a value/],
  ['a key without a quote.json', `{\n"a": 1, ¦b: 2}`, 2, /a quoted key/],
  ['a damaged key.json', `{\n"a\\x":¦1}`, 2, /the key before this/],
];

/** The same, of records behind which others can be read. */
const lonely: typeof faults = [
  ['a line over the limit.jsonl', `${good}\n\n  ¦{"a": "${'x'.repeat(3000)}"}\n${good}`, 3, /longer than 2000 bytes/],
  ['a last line over the limit.jsonl', `${good}\n¦{"a": "${'x'.repeat(9000)}"}`, 2, /longer than 2000 bytes/],
  ['a quote that is never closed.csv', `path,text\na,b\n¦c,"d\ne,f\n`, 3, /closing quote/],
  ['a quote that another row closes.csv', `path,text\na,b\n"c,"¦d\ne,"f\ng,h"\n`, 3, /must end at/],
  ['a row over the limit.csv', `path,text\na,b\n¦c,"${'x\n'.repeat(1500)}"\ne,f\n`, 3, /longer than 2000/],
  ['a line that is not JSON.jsonl', `${good}\n\n{"midi_file" ¦"b.mid"}\n`, 3, /not valid JSON/],
  ['a line with text after the object.jsonl', `${good}\n${good} ¦x\n`, 2, /not valid JSON: "x"/],
  ['a line cut off.jsonl', `${good}\n{"midi_file": "b.m¦`, 2, /ends too early/],
  ['a number as a record.jsonl', `${good}\n¦5\n`, 2, /must be a JSON object .* a number: "5"/],
  ['an array as a record.jsonl', `${good}\r\n¦["a.mid"]\r\n`, 2, /must be a JSON object .* an array/],
  ['null as a record.json', `[${good},\n ¦null]`, 2, /must be a JSON object .* null/],
  ['nested too deep.jsonl', `${good}\n¦{"a": ${'['.repeat(100)}${']'.repeat(100)}}\n`, 2, /nested more than 100/],
  ['too few fields.csv', `path,text\na,b\n¦c\n`, 3, /1 fields where the header has 2/],
  ['too many fields.csv', `path,text\n"a\n",b\n¦c,d,e\n`, 4, /3 fields where the header has 2/],
  ['text after a closing quote.csv', `path,text\na,"b"¦c\nd,e\n`, 2, /must end at its closing quote/],
];

describe('a broken manifest is refused with line and byte', () => {
  it.each(faults)('%s', async (name, marked, line, message) => {
    const byte = Buffer.byteLength(marked.slice(0, marked.indexOf('¦')));
    const inputFile = folder.write(name, marked.replace('¦', ''));
    for (const windowBytes of [1024, 1]) {
      const error = await errorOf(inputFile, windowBytes);
      expect(error.code).toBe('manifest_invalid');
      expect(error.message).toContain(`${name}: line ${line}, byte ${byte}: `);
      expect(error.message).toMatch(message);
    }
  });
});

async function brokenPlace(inputFile: string, windowBytes: number): Promise<string | undefined> {
  const limits = limitsWith({ windowBytes, maxRecordBytes: 2000, maxMetadataBytes: 1000 });
  const plan = await openPlan({ inputFile, limits });
  const broken = (await readPairs(plan)).filter(({ midiFault }) => midiFault?.code === 'record_invalid');
  expect(broken).toHaveLength(1);
  expect(broken[0]?.textFault).toEqual(broken[0]?.midiFault);
  expect(plan.notes.join()).toContain(
    `1 record cannot be read, and will fail; the first: ${broken[0]?.midiFault?.error}`,
  );
  return broken[0]?.midiFault?.error;
}

describe('a broken record fails alone, with line and byte', () => {
  it.each(lonely)('%s', async (name, marked, line, message) => {
    const byte = Buffer.byteLength(marked.slice(0, marked.indexOf('¦')));
    const inputFile = folder.write(name, marked.replace('¦', ''));
    for (const windowBytes of [1024, 1]) {
      const error = await brokenPlace(inputFile, windowBytes);
      expect(error).toContain(`line ${line}, byte ${byte}: `);
      expect(error).toMatch(message);
    }
  });

  it('has the same place where reading begins in the middle, and the pairs around it are whole', async () => {
    const lines = Array.from({ length: 50 }, (_, at) =>
      at % 7 === 3 ? `{"midi_file": ${at}` : `{"midi_file": "${at}.mid"}`,
    );
    const inputFile = folder.write('many.jsonl', lines.join('\n\n'));
    const plan = await openPlan({ inputFile, marks: [30] });
    const all = await readPairs(plan);
    expect(await readPairs(plan, 30)).toEqual(all.slice(30));
    expect(all.map(({ midiFile }) => midiFile)).toEqual(lines.map((_, at) => (at % 7 === 3 ? undefined : `${at}.mid`)));
    expect(all[45]?.midiFault?.error).toMatch(/^line 91, byte \d+: not valid JSON: the record ends too early$/);
  });

  it('also where its metadata is over the limit, and not where only its text is', async () => {
    const long = `{"path": "b.mid", "text": "${'x'.repeat(1500)}"}`;
    const inputFile = folder.write('large.jsonl', `${good}\n{"a": "${'x'.repeat(1500)}"}\n${long}\n`);
    expect(await brokenPlace(inputFile, 1)).toMatch(/^byte 23: the record has 1508 bytes of metadata; at most 1000/);
  });

  const paths = async (name: string, content: string, windowBytes: number) => {
    const limits = limitsWith({ windowBytes, maxRecordBytes: 2000, maxMetadataBytes: 1000 });
    return (await readPairs(await openPlan({ inputFile: folder.write(name, content), limits }))).map(
      ({ midiFile, midiFault }) => midiFile ?? midiFault?.code,
    );
  };

  it('costs no record behind it, where a line of JSON is too long', async () => {
    const long = (size: number) => `{"midi_file": "long.mid", "a": "${'x'.repeat(size)}"}`;
    const content = [good, long(3000), good, long(40_000), long(2500), '', good].join('\n');
    for (const windowBytes of [1, 4096, 100_000]) {
      const found = await paths('long.jsonl', content, windowBytes);
      expect(found).toEqual(['a.mid', 'record_invalid', 'a.mid', 'record_invalid', 'record_invalid', 'a.mid']);
    }
  });

  it.each([
    ['at the end', ['a,b', 'c,"d', 'e,f', 'g,"h, i"'], ['a', 'record_invalid', 'e', 'g']],
    ['closed by a later one', ['a,b', 'c,"d', 'e,"f"', 'g,"h, i"'], ['a', 'record_invalid', 'e', 'g']],
    ['at the start of a row', ['a,b', '"c,d', 'e,f', '"g",h'], ['a', 'record_invalid', 'e', 'g']],
    ['twice, of which one failure is made', ['a,"b', 'c,"d', 'e,f', ''], ['record_invalid', 'e']],
    ['before lines that are no rows', ['a,"b', 'c', 'd, e, f', 'g,h'], ['record_invalid', 'g']],
    ['before many rows', ['a,"b', ...Array(900).fill('e,f')], ['record_invalid', ...Array(900).fill('e')]],
    ['in the last row', ['a,b', 'c,"d'], ['a', 'record_invalid']],
  ])('costs the row alone whose quote is not closed: %s', async (name, rows, expected) => {
    for (const windowBytes of [1, 64, 100_000]) {
      const found = await paths(`${name}.csv`, ['path,text', ...rows].join('\r\n'), windowBytes);
      expect(found, `window ${windowBytes}`).toEqual(expected);
    }
  });

  it('refuses a manifest of which no line can be read', async () => {
    const error = await errorOf(folder.write('all-broken.jsonl', '{"midi_file": "a.mid"\n{"midi_file": "b.mid"\n'));
    expect(error).toMatchObject({
      code: 'manifest_invalid',
      message: expect.stringMatching(/no record can be read; line 1, byte 21/),
    });
  });
});

describe('a record that is not UTF-8 fails alone, with line and byte and a word on --encoding', () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  it.each([
    ['a caption.jsonl', latin1(`${good}\n{"text": "\uFFFDa\xe9"}\n`.replace('\uFFFD', '\xef\xbf\xbd')), 2, 37, '0xe9'],
    ['a row.csv', latin1('path,text\na,b\nc,caf\xe9\n'), 3, 19, '0xe9'],
    ['an element.json', latin1(`[${good},\n{"text": "\xff"}]`), 2, 35, '0xff'],
    ['a cut sequence.jsonl', latin1(`${good}\n{"text": "\xe2\x82"}`), 2, 33, '0xe2'],
    ['an encoded surrogate.jsonl', latin1(`${good}\n{"text": "\xed\xa0\x80"}`), 2, 33, '0xed'],
  ])('%s', async (name, content, line, byte, seen) => {
    const error = await brokenPlace(folder.write(name, content), 1024);
    expect(error).toContain(`line ${line}, byte ${byte}: the byte ${seen} is not UTF-8 here`);
    expect(error).toContain('--encoding');
  });

  it('but a header that is not is refused', async () => {
    const error = await errorOf(folder.write('a header.csv', latin1('path,caf\xe9\na,b\n')));
    expect(error.message).toContain('line 1, byte 8: the byte 0xe9');
  });
});

describe('a manifest that lists nothing is refused', () => {
  it.each([
    ['empty.jsonl', ''],
    ['blank.jsonl', '\uFEFF\r\n \n\t\n'],
    ['empty.json', '[\n]\n'],
    ['empty-pairs.json', '{"version": 1, "pairs": [ ], "after": {}}'],
    ['header-only.csv', 'path,text\n'],
    ['header-only-without-line-end.csv', 'path,text'],
    ['blank.csv', '\n\n'],
  ])('%s', async (name, content) => {
    for (const windowBytes of [1024, 1]) {
      expect(await errorOf(folder.write(name, content), windowBytes)).toMatchObject({ code: 'manifest_empty' });
    }
  });

  it('a folder without MIDI files', async () => {
    folder.write('no-midi/notes.txt', 'x');
    expect(await errorOf(join(folder.path, 'no-midi'))).toMatchObject({ code: 'manifest_empty' });
  });
});

describe('a manifest that cannot be read is refused', () => {
  it('because it is not there', async () => {
    const error = await errorOf(join(folder.path, 'absent.jsonl'));
    expect(error.code).toBe('manifest_missing');
    expect(error.message).toContain('absent.jsonl');
  });

  it('because it is below a file', async () => {
    const file = folder.write('file', 'x');
    expect(await errorOf(join(file, 'pairs.jsonl'))).toMatchObject({ code: 'manifest_missing' });
  });

  it('because it is a pipe, at once', async () => {
    const pipe = join(folder.path, 'pipe.jsonl');
    execFileSync('mkfifo', [pipe]);
    expect(await errorOf(pipe)).toMatchObject({
      code: 'manifest_invalid',
      message: expect.stringContaining('regular'),
    });
  });
});

it('names the first broken record, not where the confusion that it causes ends', async () => {
  const inputFile = folder.write('confusion.json', `[\n{"midi_file": "a.mid},\n${`${good},\n`.repeat(500)}${good}]`);
  for (const windowBytes of [1, 100_000]) {
    expect((await errorOf(inputFile, windowBytes)).message).toMatch(/line 2, byte 24: not valid JSON/);
  }
});

it('shows what is hostile in a message only escaped', async () => {
  const error = await errorOf(folder.write('escape.jsonl', '\u001b[2J\u0007'));
  expect(error.message).not.toContain('\u001b');
  expect(error.message).not.toContain('\u0007');
});
