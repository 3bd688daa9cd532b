import { ConfigError } from '../../errors.ts';
import { cellOf, embeddingIn } from './cell-of.ts';
import { createHiddenStatesWriter } from './hidden-states-writer.ts';
import { NpyMatrix } from './npy-matrix.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';

/** `embeddings.npy`: a float32 matrix whose row i belongs to row i of the data set; or hidden states. */
export async function createNpyWriter(setup: WriterSetup): Promise<RowWriter> {
  if (setup.hasHiddenStates) return createHiddenStatesWriter(setup);
  const { folder, columns } = setup;
  const matrix = await NpyMatrix.create(folder, 'embeddings.npy');
  const featuresOf = cellOf(columns, 'text_features');
  return {
    add: (row) => {
      const embedding = embeddingIn(featuresOf(row));
      if (embedding === undefined || embedding.length !== (matrix.dimensions ?? embedding.length)) {
        throw noMatrix(embedding);
      }
      return matrix.add(embedding);
    },
    finish: async () => [await matrix.close()],
  };
}

function noMatrix(embedding: Float32Array | undefined): ConfigError {
  const seen = embedding === undefined ? 'a text has no embedding' : 'embeddings have different lengths';
  return new ConfigError(
    'format_needs_embeddings',
    `The format npy is a matrix of embeddings, but ${seen}; leave npy out or choose a text encoder that embeds.`,
  );
}
