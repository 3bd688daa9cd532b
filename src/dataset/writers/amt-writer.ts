import { type PackedLines, SequencePacker } from '../../tokens/tokenizations/amt/sequence-packer.ts';
import type { OutputFile, WrittenFile } from '../output-folder.ts';
import { cellOf } from './cell-of.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';

interface AmtSplit {
  readonly file: OutputFile;
  readonly packer: SequencePacker;
}

/**
 * `amt/<split>.txt`: lines of 1,024 ids, pieces one behind the other, as anticipation trains on them; what is left at the end of a
 * split is no line. `amt/left_out.jsonl` has the pieces that are in none, and why, and how many lines a time was too long for.
 */
export async function createAmtWriter({ folder, columns, splits, packing }: WriterSetup): Promise<RowWriter> {
  const tokensOf = cellOf(columns, 'midi_tokens');
  const indexOf = cellOf(columns, 'index');
  const leftOut = await folder.create('amt/left_out.jsonl');
  const open = new Map<string, AmtSplit>();
  const opened = async (split: string): Promise<AmtSplit> => {
    const known = open.get(split);
    if (known !== undefined) return known;
    const created = {
      file: await folder.create(`amt/${split}.txt`),
      packer: new SequencePacker(packing.amt !== 'interarrival'),
    };
    open.set(split, created);
    return created;
  };
  return {
    add: async (row) => {
      const { file, packer } = await opened(row.split);
      const tokens = tokensOf(row);
      if (!(tokens instanceof Int32Array || tokens instanceof Uint16Array)) throw new RangeError('no ids of one piece');
      const packed = packer.add(tokens);
      const { augmentation } = row.source;
      const which = { index: indexOf(row), ...(augmentation === undefined ? {} : { copy: augmentation.copy }) };
      if (typeof packed === 'string') await leftOut.write(lineOf({ ...which, reason: packed }));
      else {
        if (packed.dropped > 0)
          await leftOut.write(lineOf({ ...which, reason: 'inexpressible', lines: packed.dropped }));
        await file.write(Buffer.from(textOf(packed)));
      }
    },
    finish: async () => {
      if (open.size === 0) await opened(splits[0] ?? 'train');
      const files: WrittenFile[] = [await leftOut.close()];
      for (const { file } of open.values()) files.push(await file.close());
      return files;
    },
  };
}

function textOf({ lines }: PackedLines): string {
  return lines.map((ids) => `${ids.join(' ')}\n`).join('');
}

function lineOf(value: object): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
