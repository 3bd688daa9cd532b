import type { BertWeights, Weight } from './bert-weights.ts';

/** Names of a BERT as PyTorch saves it, in the order in which they are replaced by ours. */
const RENAMED: readonly (readonly [RegExp, string])[] = [
  [/^embeddings\.(word|position)_embeddings\.weight$/, 'embeddings.$1'],
  [/^embeddings\.token_type_embeddings\.weight$/, 'embeddings.type'],
  [/^encoder\./, ''],
  [/attention\.self\.(query|key|value)/, '$1'],
  [/attention\.output\.dense/, 'output'],
  [/attention\.output\.LayerNorm/, 'attention.norm'],
  [/intermediate\.dense/, 'up'],
  [/output\.dense/, 'down'],
  [/output\.LayerNorm|LayerNorm/, 'norm'],
  [/norm\.weight$/, 'norm.scale'],
];

/** The weights of a published BERT by the names of `bertWeights`; a linear layer, `[out, in]` in PyTorch, is turned round. */
export function publishedBertWeights(tensors: ReadonlyMap<string, Weight>): BertWeights {
  const weights = [...tensors].map(([name, weight]): readonly [string, Weight] => {
    const ours = RENAMED.reduce((renamed, [pattern, replacement]) => renamed.replace(pattern, replacement), name);
    return [ours, ours.endsWith('.weight') ? transposed(weight) : weight];
  });
  return new Map(weights);
}

function transposed({ dims, values }: Weight): Weight {
  const [rows = 0, columns = 0] = dims;
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = values[row * columns + column] ?? Number.NaN;
    }
  }
  return { dims: [columns, rows], values: turned };
}
