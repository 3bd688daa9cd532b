import type { RowWriter, WriterSetup } from '../../dataset/writers/row-writer.ts';
import { midiDict } from '../../midi/midi-dict.ts';
import { captionFacts, copyFacts, musicOf } from './captions-export.ts';
import { type MidiSource, scoreOf } from './midi-source.ts';
import { SplitFiles } from './split-files.ts';

/** What Aria's own names for the splits are. */
const SPLIT_NAMES: Readonly<Record<string, string>> = { validation: 'val', valid: 'val', dev: 'val' };
/** Fields of the manifest that Aria knows, where they are text. */
const KNOWN = ['composer', 'form', 'genre'] as const;

/**
 * What Aria's data sets are built from: `mididict_<split>.jsonl`, a `MidiDict` a line; its own tokenizer does the rest. `metadata` has
 * composer, form and genre of the manifest, and the caption. Each piece once, and each augmented copy.
 */
export async function ariaExport({ folder }: WriterSetup, source: MidiSource): Promise<RowWriter> {
  const dicts = new SplitFiles(folder, (split) => `mididict_${SPLIT_NAMES[split] ?? split}.jsonl`);
  const leftOut = await folder.create('left_out.jsonl');
  let [last, written] = ['', new Set<string>()];
  return {
    add: async ({ source: row }) => {
      const { location, caption, split } = captionFacts(row);
      if (location !== last) [last, written] = [location, new Set()];
      if (written.size === written.add(musicOf(row)).size) return;
      const score = await scoreOf(row, source);
      if (typeof score === 'string') {
        return leftOut.write(
          Buffer.from(`${JSON.stringify({ index: row.pair.index, ...copyFacts(row), reason: score })}\n`),
        );
      }
      const known = KNOWN.flatMap((name): [string, string][] => {
        const value = row.pair.metadata[name];
        return typeof value === 'string' ? [[name, value]] : [];
      });
      const metadata = {
        ...Object.fromEntries(known),
        abs_load_path: location,
        ...(caption === null ? {} : { caption }),
        ...(row.augmentation === undefined ? {} : { augmentation: JSON.stringify(row.augmentation.change) }),
      };
      await dicts.add(split, JSON.stringify(midiDict(score, metadata)));
    },
    finish: async () => [...(await dicts.close()), await leftOut.close()],
  };
}
