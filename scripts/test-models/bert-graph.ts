import { halfOfFloat } from '../../src/text/half-precision.ts';
import { type BertShape, type BertWeights, FARTHEST, type Weight } from './bert-weights.ts';
import type { ExternalWeights } from './external-weights.ts';
import { BERT, type ModelFamily } from './model-family.ts';
import { OnnxGraph, type Port } from './onnx-graph.ts';
import type { Bytes } from './protobuf.ts';
import { quantize } from './quantize.ts';

export type GraphDtype = 'fp32' | 'fp16' | 'q8';

const LAYER_NORM_EPSILON = 1e-12;
/** The lowest number of the type, which is what the models on the hub add where the mask is 0. */
const MASKED = { fp32: -3.4028234663852886e38, fp16: -65504 } as const;

/**
 * BERT (Devlin et al., 2019) as an ONNX file: `input_ids`, `attention_mask`, `token_type_ids`, all int64
 * `[batch, sequence]`, to `last_hidden_state`, float32 `[batch, sequence, hidden]`; other families take and give what they do. In `q8` the linear layers are
 * quantized as onnxruntime's `quantize_dynamic` does; in `fp16` all arithmetic is in half precision.
 */
export function bertGraph(
  shape: BertShape,
  weights: BertWeights,
  dtype: GraphDtype,
  external?: ExternalWeights,
  family: ModelFamily = BERT,
): Bytes {
  const graph = new BertGraph(shape, weights, dtype, external, family);
  graph.build();
  return graph.file();
}

/** Of a model that knows distances alone, and so has no limit of its own. */
const MOST_TOKENS = 1024;

class BertGraph {
  readonly #shape: BertShape;
  readonly #weights: BertWeights;
  readonly #dtype: GraphDtype;
  readonly #graph: OnnxGraph;
  readonly #family: ModelFamily;

  constructor(
    shape: BertShape,
    weights: BertWeights,
    dtype: GraphDtype,
    external: ExternalWeights | undefined,
    family: ModelFamily,
  ) {
    this.#family = family;
    this.#graph = new OnnxGraph(external);
    this.#shape = shape;
    this.#weights = weights;
    this.#dtype = dtype;
  }

  file(): Bytes {
    const input = (name: string): Port => ({ name, element: 'int64', dims: ['batch', 'sequence'] });
    const { hasMask, hasTokenTypes, positions, projection } = this.#family;
    const inputs = [
      'input_ids',
      ...(hasMask ? ['attention_mask'] : []),
      ...(hasTokenTypes ? ['token_type_ids'] : []),
      ...(positions === 'input' ? ['position_ids'] : []),
    ];
    const output: Port =
      projection === undefined
        ? { name: 'last_hidden_state', element: 'float32', dims: ['batch', 'sequence', this.#shape.hiddenSize] }
        : { name: 'text_embeds', element: 'float32', dims: ['batch', projection] };
    return this.#graph.file(inputs.map(input), [output]);
  }

  build(): void {
    const graph = this.#graph;
    graph.integers('split_heads', [0, 0, this.#shape.heads, this.#shape.hiddenSize / this.#shape.heads]);
    graph.integers('join_heads', [0, 0, this.#shape.hiddenSize]);
    const mask = this.#mask();
    let hidden = this.#embeddings();
    for (let layer = 0; layer < this.#shape.layers; layer++) hidden = this.#layer(`layer.${layer}`, hidden, mask);
    if (this.#family.projection === undefined) {
      graph.output('last_hidden_state', graph.node('Cast', [hidden], { to: 1 }));
      return;
    }
    const first = graph.node('Gather', [hidden, this.#integer('first', 0)], { axis: 1 });
    graph.output('text_embeds', graph.node('Cast', [this.#linear('projection', first)], { to: 1 }));
  }

  /** What is added to the scores of attention, where anything is: for padding, and by distance. */
  #mask(): string | undefined {
    const parts = [
      ...(this.#family.hasMask ? [this.#paddingMask()] : []),
      ...(this.#family.positions === 'distance' ? [this.#distanceBias()] : []),
    ];
    const [first, second] = parts;
    return first === undefined || second === undefined ? first : this.#graph.node('Add', [first, second]);
  }

  /** 0 for a token, the lowest number for padding: `[batch, 1, 1, sequence]`. */
  #paddingMask(): string {
    const graph = this.#graph;
    const mask = graph.node('Unsqueeze', ['attention_mask', graph.integers('mask_axes', [1, 2])]);
    const kept = graph.node('Cast', [mask], { to: this.#dtype === 'fp16' ? 10 : 1 });
    const padding = graph.node('Sub', [this.#scalar('one', 1), kept]);
    return graph.node('Mul', [padding, this.#scalar('masked', MASKED[this.#dtype === 'fp16' ? 'fp16' : 'fp32'])]);
  }

  /** A number for each head and each pair of tokens, by how far they are apart: `[heads, sequence, sequence]`. */
  #distanceBias(): string {
    const graph = this.#graph;
    const places = this.#upToLength(
      graph.integers(
        'places',
        Array.from({ length: MOST_TOKENS }, (_, at) => at),
      ),
    );
    const across = graph.node('Unsqueeze', [places, graph.integers('down_axis', [0])]);
    const down = graph.node('Unsqueeze', [places, graph.integers('across_axis', [1])]);
    const distance = graph.node('Clip', [
      graph.node('Sub', [across, down]),
      this.#integer('nearest', -FARTHEST),
      this.#integer('farthest', FARTHEST),
    ]);
    const row = graph.node('Add', [distance, 'farthest']);
    return graph.node('Transpose', [graph.node('Gather', [this.#weight('distance'), row])], { perm: [2, 0, 1] });
  }

  #embeddings(): string {
    const graph = this.#graph;
    const words = graph.node('Gather', [this.#weight('embeddings.word'), 'input_ids']);
    const types = this.#family.hasTokenTypes
      ? graph.node('Gather', [this.#weight('embeddings.type'), 'token_type_ids'])
      : undefined;
    const parts = [words, types, this.#positions()].filter((part) => part !== undefined);
    return this.#norm(
      'embeddings.norm',
      parts.reduce((sum, part) => graph.node('Add', [sum, part])),
    );
  }

  #positions(): string | undefined {
    const graph = this.#graph;
    switch (this.#family.positions) {
      case 'distance':
        return undefined;
      case 'place':
        return this.#upToLength(this.#weight('embeddings.position'));
      case 'input':
        return graph.node('Gather', [this.#weight('embeddings.position'), 'position_ids']);
      case 'ids': {
        const pad = this.#integer('pad', this.#family.padTokenId);
        const isToken = graph.node('Cast', [graph.node('Not', [graph.node('Equal', ['input_ids', pad])])], { to: 7 });
        const count = graph.node('CumSum', [isToken, this.#integer('count_axis', 1)]);
        const positions = graph.node('Add', [graph.node('Mul', [count, isToken]), pad]);
        return graph.node('Gather', [this.#weight('embeddings.position'), positions]);
      }
    }
  }

  /** The first rows of a table, as many as there are tokens in a row. */
  #upToLength(table: string): string {
    const graph = this.#graph;
    const length = graph.node('Gather', [graph.node('Shape', ['input_ids']), graph.integers('sequence_axis', [1])]);
    return graph.node('Slice', [table, graph.integers('slice_start', [0]), length, graph.integers('slice_axis', [0])]);
  }

  #integer(name: string, value: number): string {
    return this.#graph.weight(name, {
      element: 'int64',
      dims: [],
      bytes: new Uint8Array(BigInt64Array.of(BigInt(value)).buffer),
    });
  }

  #layer(name: string, hidden: string, mask: string | undefined): string {
    const graph = this.#graph;
    const attended = this.#linear(`${name}.output`, this.#attention(name, hidden, mask));
    const between = this.#norm(`${name}.attention.norm`, graph.node('Add', [attended, hidden]));
    const up = this.#gelu(this.#linear(`${name}.up`, between));
    return this.#norm(`${name}.norm`, graph.node('Add', [this.#linear(`${name}.down`, up), between]));
  }

  #attention(name: string, hidden: string, mask: string | undefined): string {
    const graph = this.#graph;
    const heads = (part: string, perm: readonly number[]): string => {
      const projected = this.#linear(`${name}.${part}`, hidden);
      return graph.node('Transpose', [graph.node('Reshape', [projected, 'split_heads'])], { perm });
    };
    const scores = graph.node('MatMul', [heads('query', [0, 2, 1, 3]), heads('key', [0, 2, 3, 1])]);
    const scale = this.#scalar(`${name}.scale`, Math.sqrt(this.#shape.hiddenSize / this.#shape.heads));
    const scaled = graph.node('Div', [scores, scale]);
    const masked = mask === undefined ? scaled : graph.node('Add', [scaled, mask]);
    const weighted = graph.node('MatMul', [graph.node('Softmax', [masked], { axis: 3 }), heads('value', [0, 2, 1, 3])]);
    return graph.node('Reshape', [graph.node('Transpose', [weighted], { perm: [0, 2, 1, 3] }), 'join_heads']);
  }

  /** x * 0.5 * (1 + erf(x / sqrt(2))) */
  #gelu(x: string): string {
    const graph = this.#graph;
    const erf = graph.node('Erf', [graph.node('Div', [x, this.#scalar('sqrt2', Math.SQRT2)])]);
    const gated = graph.node('Mul', [x, graph.node('Add', [erf, this.#scalar('one', 1)])]);
    return graph.node('Mul', [gated, this.#scalar('half', 0.5)]);
  }

  #norm(name: string, x: string): string {
    const inputs = [x, this.#weight(`${name}.scale`), this.#weight(`${name}.bias`)];
    return this.#graph.node('LayerNormalization', inputs, { axis: 2, epsilon: { float: LAYER_NORM_EPSILON } });
  }

  #linear(name: string, x: string): string {
    const product =
      this.#dtype === 'q8'
        ? this.#quantizedProduct(`${name}.weight`, x)
        : this.#graph.node('MatMul', [x, this.#weight(`${name}.weight`)]);
    return this.#graph.node('Add', [product, this.#weight(`${name}.bias`)]);
  }

  #quantizedProduct(name: string, x: string): string {
    const graph = this.#graph;
    const { values, scale } = quantize(this.#lookUp(name).values);
    const bytes = new Uint8Array(values.buffer);
    const weight = graph.weight(name, { element: 'int8', dims: this.#lookUp(name).dims, bytes });
    const zero = graph.weight(`${name}.zero`, { element: 'int8', dims: [], bytes: Uint8Array.of(0) });
    const [quantized = '', inputScale = '', inputZero = ''] = graph.nodes('DynamicQuantizeLinear', [x], 3);
    const product = graph.node('MatMulInteger', [quantized, weight, inputZero, zero]);
    const factor = graph.node('Mul', [inputScale, this.#scalar(`${name}.scale`, scale)]);
    return graph.node('Mul', [graph.node('Cast', [product], { to: 1 }), factor]);
  }

  readonly #written = new Set<string>();

  #weight(name: string): string {
    const { dims, values } = this.#lookUp(name);
    return this.#floats(name, dims, values);
  }

  #scalar(name: string, value: number): string {
    return this.#floats(name, [], Float32Array.of(value));
  }

  #floats(name: string, dims: readonly number[], values: Float32Array): string {
    if (this.#written.has(name)) return name;
    this.#written.add(name);
    return this.#dtype === 'fp16'
      ? this.#graph.weight(name, {
          element: 'float16',
          dims,
          bytes: new Uint8Array(Uint16Array.from(values, halfOfFloat).buffer),
        })
      : this.#graph.weight(name, { element: 'float32', dims, bytes: new Uint8Array(values.buffer) });
  }

  #lookUp(name: string): Weight {
    const weight = this.#weights.get(name);
    if (weight === undefined) throw new Error(`no weight is called ${name}`);
    return weight;
  }
}
