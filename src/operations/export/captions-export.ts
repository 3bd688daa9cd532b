import type { CuratedRow } from '../../dataset/dataset-row.ts';
import { wellFormed } from '../../dataset/well-formed.ts';
import type { RowWriter, WriterSetup } from '../../dataset/writers/row-writer.ts';

/** What is said of a caption: what it is of, under the name that MidiCaps has for it, and what it says. */
export interface CaptionFacts {
  /** Path of the MIDI file as the manifest has it, else the id of the pair. */
  readonly location: string;
  /** `null` for MIDI without one. */
  readonly caption: string | null;
  readonly split: string;
}

export function captionFacts({ pair, text, split }: CuratedRow): CaptionFacts {
  return {
    location: wellFormed(pair.midiFile ?? pair.id),
    caption: text.text === null ? null : wellFormed(text.text),
    split,
  };
}

/** What a line of JSON says of an augmented copy; nothing of any other row. */
export function copyFacts({ augmentation }: CuratedRow): object {
  if (augmentation === undefined) return {};
  const { copy, change, isRewritten } = augmentation;
  return { augmentation: { copy, ...change, caption_rewritten: isRewritten } };
}

/** What is made of one piece of music has the same, captions or not: the file, and what was done to it. */
export function musicOf(row: CuratedRow): string {
  return JSON.stringify([captionFacts(row).location, row.augmentation?.change ?? null]);
}

/** `captions.jsonl` and `captions.csv`: a caption a line, with `location`, `split`, `id` and `index`. */
export async function captionsExport({ folder }: WriterSetup): Promise<RowWriter> {
  const [lines, table] = [await folder.create('captions.jsonl'), await folder.create('captions.csv')];
  await table.write(Buffer.from('location,caption,split,id,index\r\n'));
  return {
    add: async ({ source }) => {
      const row = { ...captionFacts(source), id: wellFormed(source.pair.id), index: source.pair.index };
      await lines.write(Buffer.from(`${JSON.stringify(row)}\n`));
      await table.write(Buffer.from(`${Object.values(row).map(csvCell).join(',')}\r\n`));
    },
    finish: async () => [await lines.close(), await table.close()],
  };
}

/** By RFC 4180; nothing stands for null. */
function csvCell(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
