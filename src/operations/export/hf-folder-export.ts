import { freeFormJson } from '../../dataset/free-form-json.ts';
import type { RowWriter, WriterSetup } from '../../dataset/writers/row-writer.ts';
import { captionFacts, copyFacts, musicOf } from './captions-export.ts';
import { type MidiSource, midiOf } from './midi-source.ts';
import { SplitFiles } from './split-files.ts';

/**
 * The layout of the Hugging Face hub for folders: `<split>/00000012.mid`, and `<split>/metadata.jsonl` with `file_name`, `text`, the
 * `location` that the manifest has, and its other fields as the text of their JSON. Captions of one piece share its file.
 * Augmented copies have a file each, `00000012-a1.mid`, and `augmentation`.
 */
export async function hfFolderExport({ folder }: WriterSetup, source: MidiSource): Promise<RowWriter> {
  const metadata = new SplitFiles(folder, (split) => `${split}/metadata.jsonl`);
  const leftOut = await folder.create('left_out.jsonl');
  const sums = await folder.create('midi.sha256');
  /** Files of the piece that came last, by split and music. */
  let [last, names] = ['', new Map<string, string>()];
  return {
    add: async ({ source: row, piece }) => {
      const { location, caption, split } = captionFacts(row);
      if (location !== last) [last, names] = [location, new Map()];
      const music = `${split} ${musicOf(row)}`;
      const name = names.get(music) ?? `${piece}.mid`;
      if (!names.has(music)) {
        const bytes = await midiOf(row, source);
        if (typeof bytes === 'string') {
          const line = { index: row.pair.index, ...copyFacts(row), reason: bytes };
          return leftOut.write(Buffer.from(`${JSON.stringify(line)}\n`));
        }
        const { path, sha256 } = await folder.write(`${split}/${name}`, bytes);
        await sums.write(Buffer.from(`${sha256}  ${path}\n`));
        names.set(music, name);
      }
      const described = { text: caption, location, metadata: freeFormJson(row.pair.metadata) };
      await metadata.add(split, JSON.stringify({ file_name: name, ...described, ...copyFacts(row) }));
    },
    finish: async () => [...(await metadata.close()), await leftOut.close(), await sums.close()],
  };
}
