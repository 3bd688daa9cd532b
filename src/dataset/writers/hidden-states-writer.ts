import { NPY_HEADER_BYTES, npyHeader } from '../npy.ts';
import type { RowWriter, WriterSetup } from './row-writer.ts';

/**
 * `hidden_states.npy`, float16 `[tokens of all rows, numbers of a token]`, and `hidden_state_offsets.npy`, int64 `[rows + 1]`: the tokens of row i
 * are from `offsets[i]` to before `offsets[i + 1]`. Both can be mapped into memory (`np.load(…, mmap_mode='r')`); held nowhere as a whole.
 */
export async function createHiddenStatesWriter({ folder }: WriterSetup): Promise<RowWriter> {
  const states = await folder.create('hidden_states.npy');
  const offsets = await folder.create('hidden_state_offsets.npy');
  for (const file of [states, offsets]) await file.write(new Uint8Array(NPY_HEADER_BYTES));
  let rows = 0;
  let tokens = 0;
  let width = 0;
  const writeOffset = (): Promise<void> => offsets.write(new Uint8Array(BigInt64Array.of(BigInt(tokens)).buffer));
  await writeOffset();
  return {
    add: async ({ hiddenStates }) => {
      rows++;
      if (hiddenStates !== undefined && hiddenStates.tokens > 0) {
        const { halves } = hiddenStates;
        tokens += hiddenStates.tokens;
        width = halves.length / hiddenStates.tokens;
        await states.write(new Uint8Array(halves.buffer, halves.byteOffset, halves.byteLength));
      }
      await writeOffset();
    },
    // How many there are is in the header and known only now.
    finish: async () => [
      await folder.rewriteStart(await states.close(), npyHeader([tokens, width], 'f2')),
      await folder.rewriteStart(await offsets.close(), npyHeader([rows + 1], 'i8')),
    ],
  };
}
