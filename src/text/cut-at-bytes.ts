/** The longest prefix of whole code points within `bytes` of UTF-8, without a space at its end. */
export function cutAtBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read).trimEnd();
}
