import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPlan } from '../../src/manifest/open-plan.ts';
import { readBatches, readPairs } from './read-plan.ts';
import { tempFolder } from './temp-folder.ts';

const folder = tempFolder();

describe('a folder', () => {
  it('lists MIDI files at any depth in byte order of their paths', async () => {
    const names = [
      'b.mid',
      'a/z.MIDI',
      'a/b/c.kar',
      'a-b.mid',
      'a.rmi',
      'a0.mid',
      'Z.Mid',
      'é.mid',
      '日本/音.mid',
      'ﬀ.mid',
      '😀.mid',
    ];
    for (const name of names) folder.write(`order/${name}`, 'x');
    for (const name of ['a/notes.pdf', 'mid', 'a/c.mid.bak']) folder.write(`order/${name}`, 'x');
    const plan = await openPlan({ inputFile: join(folder.path, 'order'), marks: [4] });
    const inByteOrder = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(plan).toMatchObject({ format: 'folder', defaultMidiRoot: join(folder.path, 'order') });
    expect((await readPairs(plan)).map(({ midiFile }) => midiFile)).toEqual(inByteOrder);
    expect((await readPairs(plan, 4)).map(({ midiFile }) => midiFile)).toEqual(inByteOrder.slice(4));
    expect((await readBatches(plan, 0, 4))[0]?.planHash).toBe(plan.hashAt(4));
  });

  it('finds the text with the same stem beside each file', async () => {
    for (const name of ['a/x.mid', 'a/x.txt', 'a/y.mid', 'b/y.txt', 'b/x.y.mid', 'b/x.y.TXT', 'b/x.txt']) {
      folder.write(`texts/${name}`, 'x');
    }
    const pairs = await readPairs(await openPlan({ inputFile: join(folder.path, 'texts') }));
    expect(pairs.map(({ midiFile, textFile, text }) => [midiFile, textFile, text])).toEqual([
      ['a/x.mid', 'a/x.txt', undefined],
      ['a/y.mid', undefined, undefined],
      ['b/x.y.mid', 'b/x.y.TXT', undefined],
    ]);
  });

  it('lists links to files, follows those to folders only where paths may leave it, and says what it passed over', async () => {
    const path = join(folder.path, 'links');
    folder.write('links/real.mid', 'x');
    folder.write('elsewhere/secret.mid', 'x');
    symlinkSync('../elsewhere', join(path, 'linked'));
    symlinkSync('.', join(path, 'loop'));
    symlinkSync('real.mid', join(path, 'link.mid'));
    mkdirSync(join(path, 'folder.mid'));
    symlinkSync('nowhere.mid', join(path, 'dangling.mid'));
    const within = await openPlan({ inputFile: path });
    expect((await readPairs(within)).map(({ midiFile }) => midiFile)).toEqual(['dangling.mid', 'link.mid', 'real.mid']);
    expect(within.notes).toEqual(['2 links to folders were passed over; --allow_outside follows them']);
    const everywhere = await openPlan({ inputFile: path, allowOutside: true });
    expect((await readPairs(everywhere)).map(({ midiFile }) => midiFile)).toEqual([
      'dangling.mid',
      'link.mid',
      'linked/secret.mid',
      'real.mid',
    ]);
  });

  it('lists a name that is not UTF-8, which no path of the data set can spell', async () => {
    folder.write('names/a.mid', 'x');
    const path = join(folder.path, 'names');
    writeFileSync(Buffer.concat([Buffer.from(`${path}/caf`), Buffer.from([0xe9]), Buffer.from('.mid')]), 'x');
    const plan = await openPlan({ inputFile: path, marks: [1] });
    expect((await readPairs(plan)).map(({ midiFile }) => midiFile)).toEqual(['a.mid', 'caf\uFFFD.mid']);
  });

  it('that changed during a run is noticed', async () => {
    for (const name of ['a.mid', 'b.mid', 'c.mid']) folder.write(`changing/${name}`, 'x');
    const path = join(folder.path, 'changing');
    const plan = await openPlan({ inputFile: path });
    renameSync(join(path, 'b.mid'), join(path, 'd.mid'));
    await expect(readPairs(plan)).rejects.toMatchObject({ code: 'manifest_changed' });
  });
});
