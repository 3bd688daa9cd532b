import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { processPairs } from 'midiloom';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/cli/printable.ts';
import { printableJson } from '../../src/cli/printable-json.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyMidi } from '../tiny-midi.ts';
import { runHere } from './run-here.ts';

/** Everything that a terminal may act on: C0, DEL, C1, format and bidi characters, separators, halves of pairs. */
const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

const hostileText = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xff }).map((code) => String.fromCodePoint(code)),
    fc.constantFrom('\u200b', '\u202e', '\u2066', '\u2028', '\ufeff', '\u{e0041}', '\ud800', '\u{1f600}', 'é'),
  ),
});

const folder = temporaryFolder('printable');

describe('text from outside', () => {
  it('is shown without a character that acts on a terminal', () => {
    fc.assert(fc.property(hostileText, (text) => !ACTING.test(printable(text))));
  });

  it('is the same value in JSON, and as harmless', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const json = printableJson({ [text]: text });
        expect(JSON.parse(json)).toEqual({ [text]: text });
        expect(json).not.toMatch(ACTING);
      }),
    );
  });

  it('is harmless in what a command tells of a run', async () => {
    const name = 'a\u001b[31m\u007f\u009b2J\u202e\u2066.mid';
    writeFileSync(join(folder, 'good.mid'), tinyMidi());
    const pairs = ['good.mid', name, 'good.mid'].map((file) => ({ midi_file: file, text_description: name }));
    writeFileSync(join(folder, 'pairs.jsonl'), pairs.map((pair) => JSON.stringify(pair)).join('\n'));
    const outputDir = join(folder, 'run');
    await processPairs({ inputFile: join(folder, 'pairs.jsonl'), outputDir, textEncoder: 'none', workers: 1 });
    for (const args of [['status', '--pairs'], ['status'], ['status', '--json'], ['checkpoint', 'show'], ['verify']]) {
      const { stdout, stderr } = await runHere([...args, '--output_dir', outputDir]);
      expect(`${stdout}${stderr}`.replaceAll('\n', ''), args.join(' ')).not.toMatch(ACTING);
    }
    const { stdout } = await runHere(['status', '--pairs', 'failed', '--output_dir', outputDir]);
    expect(JSON.parse(stdout).midi.error).toContain('.mid');
  });

  it('is harmless in an error of the command line, too', async () => {
    const result = await runHere(['process', '--a\u001b[2J\u009b31m\u202e']);
    expect(result.code).toBe(2);
    expect(result.stderr.replaceAll('\n', '')).not.toMatch(ACTING);
  });
});
