import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/errors.ts';
import { openPlan } from '../../src/manifest/open-plan.ts';
import { limitsWith } from './read-plan.ts';
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
  ['a line that is not JSON.jsonl', `${good}\n\n{"midi_file" ¦"b.mid"}\n`, 3, /not valid JSON/],
  ['a line with text after the object.jsonl', `${good}\n${good} ¦x\n`, 2, /not valid JSON: "x"/],
  ['a line cut off.jsonl', `${good}\n{"midi_file": "b.m¦`, 2, /ends too early/],
  ['a number as a record.jsonl', `${good}\n¦5\n`, 2, /must be a JSON object .* a number: "5"/],
  ['an array as a record.jsonl', `${good}\r\n¦["a.mid"]\r\n`, 2, /must be a JSON object .* an array/],
  ['null as a record.json', `[${good},\n ¦null]`, 2, /must be a JSON object .* null/],
  ['a line over the limit.jsonl', `${good}\n\n  ¦{"a": "${'x'.repeat(3000)}"}\n${good}`, 3, /longer than 2000 bytes/],
  ['metadata over the limit.jsonl', `${good}\n¦{"a": "${'x'.repeat(1500)}"}\n${good}`, 2, /1508 bytes of metadata/],
  ['nested too deep.jsonl', `${good}\n¦{"a": ${'['.repeat(100)}${']'.repeat(100)}}\n`, 2, /nested more than 100/],
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
  ['a second document.json', `{"pairs": [${good}]}\n¦{"pairs": []}`, 2, /nothing may follow/],
  ['no pairs.json', `{\n"songs": [${good}]¦}`, 2, /the object has no "pairs"/],
  ['pairs that are no array.json', `{"a": 1,\n"pairs": ¦{}}`, 2, /"pairs" must be an array/],
  ['pairs twice.json', `{"pairs": [${good}],\n"pairs":¦ []}`, 2, /a second "pairs"/],
  ['a scalar.json', `¦5`, 1, /must be an array or/],
  ['an object that is not closed.json', `{"a": [1, ¦2`, 1, /a value/],
  ['a key without a quote.json', `{\n"a": 1, ¦b: 2}`, 2, /a quoted key/],
  ['too few fields.csv', `path,text\na,b\n¦c\n`, 3, /1 fields where the header has 2/],
  ['too many fields.csv', `path,text\n"a\n",b\n¦c,d,e\n`, 4, /3 fields where the header has 2/],
  ['a quote that is never closed.csv', `path,text\na,b\n¦c,"d\ne,f\n`, 3, /closing quote/],
  ['text after a closing quote.csv', `path,text\na,"b"¦c\n`, 2, /must end at its closing quote/],
  ['no header.csv', `¦a.mid,a song\nb.mid,another\n`, 1, /must name the columns/],
  ['a column twice.csv', `¦path,text,text\na,b,c\n`, 1, /"text" is there twice/],
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

describe('a manifest that is not UTF-8 is refused with line and byte', () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  it.each([
    ['a caption.jsonl', latin1(`${good}\n{"text": "\uFFFDa\xe9"}\n`.replace('\uFFFD', '\xef\xbf\xbd')), 2, 37, '0xe9'],
    ['a row.csv', latin1('path,text\na,b\nc,caf\xe9\n'), 3, 19, '0xe9'],
    ['a header.csv', latin1('path,caf\xe9\na,b\n'), 1, 8, '0xe9'],
    ['an element.json', latin1(`[${good},\n{"text": "\xff"}]`), 2, 35, '0xff'],
    [
      'a cut sequence.jsonl',
      Buffer.concat([Buffer.from('{"text": "'), Buffer.from([0xe2, 0x82]), Buffer.from('"}')]),
      1,
      10,
      '0xe2',
    ],
    ['an encoded surrogate.jsonl', latin1('{"text": "\xed\xa0\x80"}'), 1, 10, '0xed'],
    ['utf-16.jsonl', Buffer.from(`\uFEFF${good}`, 'utf16le'), 1, 0, 'UTF-16'],
    ['utf-16 without a mark.csv', Buffer.from('path,text\na,b', 'utf16le'), 1, 0, 'UTF-16'],
  ])('%s', async (name, content, line, byte, seen) => {
    const error = await errorOf(folder.write(name, content));
    expect(error.code).toBe('manifest_invalid');
    expect(error.message).toContain(`${name}: line ${line}, byte ${byte}: `);
    expect(error.message).toContain(seen);
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
