/**
 * The part of the protobuf wire format that an ONNX file needs. A message is a list of byte runs, so that the weights
 * are never copied on their way into the file.
 */
export type Bytes = readonly Uint8Array[];

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

export function integerField(field: number, value: number): Bytes {
  return [varint(field * 8 + VARINT), varint(value)];
}

export function floatField(field: number, value: number): Bytes {
  return [varint(field * 8 + FIXED_32), new Uint8Array(Float32Array.of(value).buffer)];
}

export function textField(field: number, value: string): Bytes {
  return bytesField(field, [new TextEncoder().encode(value)]);
}

/** A nested message, or raw bytes. */
export function bytesField(field: number, value: Bytes): Bytes {
  const sizeBytes = value.reduce((sum, bytes) => sum + bytes.length, 0);
  return [varint(field * 8 + LENGTH_DELIMITED), varint(sizeBytes), ...value];
}

/** Unsigned, up to 2^53: seven bits a byte, lowest first, the high bit set on all but the last. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...bytes, rest]);
}
