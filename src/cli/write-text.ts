import { once } from 'node:events';

/** Writes text and waits where the reader is slower than we are, so that a long output does not gather in memory. */
export async function writeText(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (!stream.write(text) && stream.writable) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
}
