import type { ExternalWeights } from './external-weights.ts';
import { type Bytes, bytesField, floatField, integerField, textField } from './protobuf.ts';

/** Element types of ONNX (`TensorProto.DataType`), as far as used here. */
export const ELEMENT = { float32: 1, uint8: 2, int8: 3, int64: 7, float16: 10 } as const;
export type Element = keyof typeof ELEMENT;

export interface Tensor {
  readonly element: Element;
  readonly dims: readonly number[];
  /** Little-endian, row-major. */
  readonly bytes: Uint8Array;
}

/** A tensor that comes in or goes out; a dimension that varies has a name. */
export interface Port {
  readonly name: string;
  readonly element: Element;
  readonly dims: readonly (number | string)[];
}

type Attribute = number | readonly number[] | { readonly float: number };

/** Operator set 17 is the first with LayerNormalization; version 8 of the file format is the one of its time. */
const OPERATOR_SET = 17;
const FILE_FORMAT = 8;

/** Collects the nodes and weights of an ONNX graph, field numbers as in onnx.proto3. */
export class OnnxGraph {
  readonly #nodes: Bytes[] = [];
  readonly #weights: Bytes[] = [];
  readonly #external: ExternalWeights | undefined;
  #nextOutput = 0;

  /** @param external - where floats go; without it they lie in the file. */
  constructor(external?: ExternalWeights) {
    this.#external = external;
  }

  /** Adds weights under a name of their own, which it returns. */
  weight(name: string, tensor: Tensor): string {
    this.#weights.push([
      ...tensor.dims.flatMap((dim) => integerField(1, dim)),
      ...integerField(2, ELEMENT[tensor.element]),
      ...textField(8, name),
      ...this.#data(tensor),
    ]);
    return name;
  }

  #data({ element, bytes }: Tensor): Bytes {
    // onnxruntime wants shapes and axes in the file.
    if (this.#external === undefined || element === 'int64') return bytesField(9, [bytes]);
    const place = { location: this.#external.location, offset: this.#external.add(bytes), length: bytes.length };
    const entries = Object.entries(place).flatMap(([key, value]) =>
      bytesField(13, [...textField(1, key), ...textField(2, String(value))]),
    );
    return [...entries, ...integerField(14, 1)];
  }

  integers(name: string, values: readonly number[]): string {
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    return this.weight(name, { element: 'int64', dims: [values.length], bytes });
  }

  /** Adds a node and returns the name of its first output. */
  node(operator: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    const [output = ''] = this.nodes(operator, inputs, 1, attributes);
    return output;
  }

  /** Adds a node with several outputs and returns their names. */
  nodes(
    operator: string,
    inputs: readonly string[],
    outputCount: number,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): readonly string[] {
    const outputs = Array.from({ length: outputCount }, () => `${operator}_${this.#nextOutput++}`);
    this.#add(operator, inputs, outputs, attributes);
    return outputs;
  }

  /** Gives a tensor the name under which it leaves the graph. */
  output(name: string, from: string): void {
    this.#add('Identity', [from], [name], {});
  }

  /** The bytes of the whole file. */
  file(inputs: readonly Port[], outputs: readonly Port[]): Bytes {
    const graph = [
      ...this.#nodes.flatMap((node) => bytesField(1, node)),
      ...textField(2, 'bert'),
      ...this.#weights.flatMap((weight) => bytesField(5, weight)),
      ...inputs.flatMap((port) => bytesField(11, portBytes(port))),
      ...outputs.flatMap((port) => bytesField(12, portBytes(port))),
    ];
    return [
      ...integerField(1, FILE_FORMAT),
      ...textField(2, 'midiloom'),
      ...bytesField(7, graph),
      ...bytesField(8, integerField(2, OPERATOR_SET)),
    ];
  }

  #add(
    operator: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
  ): void {
    this.#nodes.push([
      ...inputs.flatMap((input) => textField(1, input)),
      ...outputs.flatMap((output) => textField(2, output)),
      ...textField(4, operator),
      ...Object.entries(attributes).flatMap(([name, value]) => bytesField(5, attributeBytes(name, value))),
    ]);
  }
}

function attributeBytes(name: string, value: Attribute): Bytes {
  const [FLOAT, INT, INTS] = [1, 2, 7];
  if (typeof value === 'number') return [...textField(1, name), ...integerField(3, value), ...integerField(20, INT)];
  if ('float' in value) return [...textField(1, name), ...floatField(2, value.float), ...integerField(20, FLOAT)];
  return [...textField(1, name), ...value.flatMap((item) => integerField(8, item)), ...integerField(20, INTS)];
}

function portBytes({ name, element, dims }: Port): Bytes {
  const shape = dims.flatMap((dim) =>
    bytesField(1, typeof dim === 'number' ? integerField(1, dim) : textField(2, dim)),
  );
  const tensorType = [...integerField(1, ELEMENT[element]), ...bytesField(2, shape)];
  return [...textField(1, name), ...bytesField(2, bytesField(1, tensorType))];
}
