import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { tinyMidi } from '../tiny-midi.ts';
import { runHere } from './run-here.ts';

const folder = temporaryFolder('audit-split');
const samples: readonly { readonly midi_file: string }[] = readFileSync(SAMPLE, 'utf8')
  .split('\n')
  .slice(0, 9)
  .map((line) => JSON.parse(line));

/** Writes a manifest of different pieces in alternating splits, and whatever else. */
function manifest(name: string, more: readonly object[]): string {
  const file = join(folder, name);
  const pairs = samples.map(({ midi_file: midiFile }, index) => {
    copyFileSync(join(dirname(SAMPLE), midiFile), join(folder, `${index}.mid`));
    return { midi_file: `${index}.mid`, caption: 'a', part: index % 3 === 0 ? 'test' : 'train' };
  });
  writeFileSync(file, [...pairs, ...more].map((pair) => JSON.stringify(pair)).join('\n'));
  return file;
}

/** The same events under another name of the track: other bytes, the same notes. */
function renamed(bytes: Buffer): Buffer {
  const name = Buffer.from([0, 0xff, 0x03, 4, ...Buffer.from('copy')]);
  const copy = Buffer.concat([bytes.subarray(0, 22), name, bytes.subarray(22)]);
  copy.writeUInt32BE(bytes.readUInt32BE(18) + name.length, 18);
  return copy;
}

describe('midiloom audit-split', () => {
  it('finds nothing where every piece is in one split, copies within it included', async () => {
    const file = manifest('clean.jsonl', [{ midi_file: '1.mid', caption: 'again', part: 'train' }]);
    const { code, stdout, stderr } = await runHere(['audit-split', file, '--split_field', 'part']);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('No leak was found.');
    expect(stdout).toMatch(/train +7 pieces, 0 with a copy in another split/);
  });

  it('ends with 3 and names the pairs where copies were planted in another split', async () => {
    writeFileSync(join(folder, 'renamed.mid'), renamed(readFileSync(join(folder, '3.mid'))));
    writeFileSync(join(folder, 'broken.mid'), 'no music');
    writeFileSync(join(folder, 'scale.mid'), tinyMidi());
    const file = manifest('leaking.jsonl', [
      { midi_file: '1.mid', caption: 'the same file', part: 'test' },
      { midi_file: 'renamed.mid', caption: 'the same notes', part: 'train' },
      { midi_file: '0.mid', caption: 'a copy without a split' },
      { midi_file: 'broken.mid', caption: 'a', part: 'test' },
      { midi_file: 'scale.mid', caption: 'a', part: 'test' },
    ]);
    const told = ['audit-split', file, '--split_field', 'part'];
    const { code, stdout } = await runHere([...told, '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toEqual({
      pairs: 14,
      without_split: 1,
      unreadable: [{ index: 12, midi_file: 'broken.mid', code: 'midi_not_smf' }],
      splits: { test: { pieces: 5, exposed: 2 }, train: { pieces: 7, exposed: 2 } },
      leaking_groups: 2,
      leaks: [
        { ...leak(9, '1.mid', 'test'), of: 1, of_midi_file: '1.mid', of_split: 'train', kind: 'exact', similarity: 1 },
        {
          ...leak(10, 'renamed.mid', 'train'),
          ...{ of: 3, of_midi_file: '3.mid', of_split: 'test', kind: 'notes', similarity: 1 },
        },
      ],
    });
    expect((await runHere(told)).stdout).toContain('10 renamed.mid (train) has the same notes as 3 3.mid (test)');
  });

  it('says which field is missing where no pair names a split', async () => {
    const { code, stderr } = await runHere(['audit-split', manifest('none.jsonl', [])]);
    expect(code).toBe(2);
    expect(stderr).toContain('[split_missing]');
  });
});

function leak(index: number, midiFile: string, split: string) {
  return { index, midi_file: midiFile, split };
}
