/** IEEE 754 half precision, little-endian. Rounds half up, flushes subnormals to zero; no weight comes near the limits. */
export function float16Bytes(values: Float32Array): Uint8Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return new Uint8Array(Uint16Array.from(bits, halfOf).buffer);
}

function halfOf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  // Adding half a unit of the last place may carry into the exponent, which is then right as well.
  const rounded = (bits & 0x7fffffff) + 0x1000;
  const exponent = (rounded >>> 23) - 127 + 15;
  if (exponent <= 0) return sign;
  if (exponent >= 31) return sign | 0x7bff;
  return sign | (exponent << 10) | ((rounded >>> 13) & 0x3ff);
}
