import { ManifestFault } from '../manifest-fault.ts';
import type { ByteInput } from './byte-input.ts';
import { LineCounter } from './line-counter.ts';

/** A fault with its place; any other error as it is. */
export async function located(error: unknown, input: ByteInput): Promise<unknown> {
  if (!(error instanceof ManifestFault) || error.place !== undefined) return error;
  const lines = new LineCounter(input);
  try {
    return error.at(`line ${await lines.lineAt(error.offset)}, byte ${error.offset}`);
  } finally {
    await lines.close();
  }
}
