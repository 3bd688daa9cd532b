import { freeFormJson } from '../../dataset/free-form-json.ts';
import type { RowWriter, WriterSetup } from '../../dataset/writers/row-writer.ts';
import { captionFacts } from './captions-export.ts';
import { type MidiSource, midiOf } from './midi-source.ts';
import { SplitFiles } from './split-files.ts';

/**
 * The layout of the Hugging Face hub for folders: `<split>/00000012.mid`, and `<split>/metadata.jsonl` with `file_name`, `text`, the
 * `location` that the manifest has, and its other fields as the text of their JSON. Captions of one piece share its file.
 */
export async function hfFolderExport({ folder }: WriterSetup, source: MidiSource): Promise<RowWriter> {
  const metadata = new SplitFiles(folder, (split) => `${split}/metadata.jsonl`);
  const leftOut = await folder.create('left_out.jsonl');
  const sums = await folder.create('midi.sha256');
  let last: { readonly location: string; readonly split: string; readonly name: string } | undefined;
  return {
    add: async ({ source: row, key }) => {
      const { location, caption, split } = captionFacts(row);
      if (last?.location !== location || last.split !== split) {
        const bytes = await midiOf(row, source);
        if (typeof bytes === 'string') {
          return leftOut.write(Buffer.from(`${JSON.stringify({ index: row.pair.index, reason: bytes })}\n`));
        }
        const name = `${key.slice(0, INDEX_DIGITS)}.mid`;
        const { path, sha256 } = await folder.write(`${split}/${name}`, bytes);
        await sums.write(Buffer.from(`${sha256}  ${path}\n`));
        last = { location, split, name };
      }
      const line = { file_name: last.name, text: caption, location, metadata: freeFormJson(row.pair.metadata) };
      await metadata.add(split, JSON.stringify(line));
    },
    finish: async () => [...(await metadata.close()), await leftOut.close(), await sums.close()],
  };
}

/** Of the key of a row, which may be a window. */
const INDEX_DIGITS = 8;
