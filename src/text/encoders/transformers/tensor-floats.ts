import type { Tensor } from 'onnxruntime-node';
import { floatOfHalf } from '../../half-precision.ts';

/** The numbers of a float32 or float16 tensor. */
export function floatsOf({ type, data }: Tensor): Float32Array {
  if (data instanceof Float32Array) return data;
  if (type !== 'float16') throw new Error(`the model gave ${type} numbers`);
  // Where JavaScript has a Float16Array (Node.js 24) onnxruntime uses it; elsewhere the bits come as integers.
  if (data instanceof Uint16Array) return Float32Array.from(data, floatOfHalf);
  return Float32Array.from(data, Number);
}
