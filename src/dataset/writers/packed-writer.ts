import type { TokenIds } from '../../tokens/token-sequences.ts';
import { arrivalsFromZero } from '../../tokens/tokenizations/amt/arrivals-from-zero.ts';
import { type Cell, isList } from '../cell.ts';
import type { WrittenFile } from '../output-folder.ts';
import { cellOf, embeddingIn } from './cell-of.ts';
import { IndexedIds } from './indexed-ids.ts';
import { NpyMatrix } from './npy-matrix.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';

interface PackedSplit {
  readonly ids: IndexedIds;
  readonly embeddings: NpyMatrix | undefined;
  /** The piece whose sequences came last. */
  piece: string | undefined;
}

/**
 * `packed/<split>.bin` and `.idx`: the ids of each split for training programs that map a file into memory. A sequence is a window, a
 * stream of a track, or all of a row; a document is a pair, or a copy of one. Row i of `packed/<split>.embeddings.npy` is the embedding of sequence i's
 * caption, NaN where there is none.
 */
export async function createPackedWriter(setup: WriterSetup): Promise<RowWriter> {
  const { folder, columns, splits, embeds, packing } = setup;
  const tokensOf = cellOf(columns, 'midi_tokens');
  const featuresOf = cellOf(columns, 'text_features');
  const open = new Map<string, PackedSplit>();
  const opened = async (split: string): Promise<PackedSplit> => {
    const known = open.get(split);
    if (known !== undefined) return known;
    const stem = `packed/${split}`;
    const created: PackedSplit = {
      ids: await IndexedIds.create(folder, stem, packing),
      embeddings: embeds ? await NpyMatrix.create(folder, `${stem}.embeddings.npy`) : undefined,
      piece: undefined,
    };
    open.set(split, created);
    return created;
  };
  return {
    add: async (row) => {
      const split = await opened(row.split);
      if (split.piece !== undefined && split.piece !== row.piece) split.ids.endDocument();
      split.piece = row.piece;
      const embedding = embeddingIn(featuresOf(row));
      const sequences = sequencesOf(tokensOf(row));
      for (const ids of packing.areArrivals ? sequences.flatMap(arrivalsFromZero) : sequences) {
        await split.ids.addSequence(ids);
        await (embedding === undefined ? split.embeddings?.addNone() : split.embeddings?.add(embedding));
      }
    },
    finish: async () => {
      if (open.size === 0) await opened(splits[0] ?? 'train');
      const files: WrittenFile[] = [];
      for (const { ids, embeddings, piece } of open.values()) {
        if (piece !== undefined) ids.endDocument();
        files.push(...(await ids.close()));
        if (embeddings !== undefined) files.push(await embeddings.close());
      }
      return files;
    },
  };
}

function sequencesOf(tokens: Cell): readonly TokenIds[] {
  if (tokens instanceof Uint16Array || tokens instanceof Int32Array) return [tokens];
  if (!isList(tokens)) throw new RangeError('compound tokens cannot be packed');
  return tokens.flatMap(sequencesOf);
}
