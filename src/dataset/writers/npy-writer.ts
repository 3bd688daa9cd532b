import { ConfigError } from '../../errors.ts';
import { NPY_HEADER_BYTES, npyHeader } from '../npy.ts';
import { cellOf, embeddingIn } from './cell-of.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';

/** `embeddings.npy`: a float32 matrix whose row i belongs to row i of the data set. Held nowhere as a whole. */
export async function createNpyWriter({ folder, columns }: WriterSetup): Promise<RowWriter> {
  const file = await folder.create('embeddings.npy');
  await file.write(new Uint8Array(NPY_HEADER_BYTES));
  const featuresOf = cellOf(columns, 'text_features');
  let rows = 0;
  let dimensions: number | undefined;
  return {
    add: (row) => {
      const embedding = embeddingIn(featuresOf(row));
      if (embedding === undefined || embedding.length !== (dimensions ?? embedding.length)) throw noMatrix(embedding);
      dimensions = embedding.length;
      rows++;
      return file.write(new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength));
    },
    // The number of rows is in the header and known only now.
    finish: async () => [await folder.rewriteStart(await file.close(), npyHeader([rows, dimensions ?? 0]))],
  };
}

function noMatrix(embedding: Float32Array | undefined): ConfigError {
  const seen = embedding === undefined ? 'a text has no embedding' : 'embeddings have different lengths';
  return new ConfigError(
    'format_needs_embeddings',
    `The format npy is a matrix of embeddings, but ${seen}; leave npy out or choose a text encoder that embeds.`,
  );
}
