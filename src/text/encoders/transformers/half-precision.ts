import type { Tensor } from 'onnxruntime-node';

/** The numbers of a float32 or float16 tensor. */
export function floatsOf({ type, data }: Tensor): Float32Array {
  if (data instanceof Float32Array) return data;
  if (type !== 'float16') throw new Error(`the model gave ${type} numbers`);
  // Where JavaScript has a Float16Array (Node.js 24) onnxruntime uses it; elsewhere the bits come as integers.
  if (data instanceof Uint16Array) return Float32Array.from(data, floatOfHalf);
  return Float32Array.from(data, Number);
}

/** The value of an IEEE 754 half-precision number: 1 sign bit, 5 of exponent, 10 of fraction. */
function floatOfHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
