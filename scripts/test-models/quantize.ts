/** Symmetric int8 quantization of a whole tensor: `value = quantized * scale`. */
export function quantize(values: Float32Array): { readonly values: Int8Array; readonly scale: number } {
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const scale = largest / 127 || 1;
  return { values: Int8Array.from(values, (value) => Math.round(value / scale)), scale };
}
