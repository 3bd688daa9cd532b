import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mergeDataset } from '../../../src/dataset/merge-dataset.ts';
import { readPacked } from '../../dataset/packed-reader.ts';
import { runDirectory } from '../../dataset/run-directory.ts';
import { mergeInput } from '../../dataset/synthetic-run.ts';
import { missingPeers, Peer } from '../python.ts';

const missing = missingPeers('numpy', 'megatron');

describe.skipIf(missing !== undefined)("Megatron-LM's reader", () => {
  const peer = new Peer('readers/megatron.py');
  afterAll(() => peer.end());

  it.each([
    ['uint16', 300],
    ['int32', 65_501],
  ] as const)('reads packed ids of %s as the layout says, with their documents', async (type, size) => {
    const outputDir = runDirectory();
    const vocabulary = [Array.from({ length: size }, (_, id) => `T_${id}`)];
    const tokensOf = (index: number) => ({
      layout: 'windows' as const,
      columns: 1,
      streams: Array.from({ length: (index % 3) + 1 }, (_, at) => Uint16Array.of(index, at, size - 1)),
    });
    await mergeDataset(
      mergeInput({ total: 40, tokensOf }, outputDir, {
        formats: ['packed'],
        tokens: { vocabulary, hasManyStreams: true, areWindows: true },
        packing: { begin: 1, end: 2 },
      }),
    );
    const stem = join(outputDir, 'dataset/packed/train');
    const { sequences, documents } = readPacked(stem);
    expect(sequences.length).toBeGreaterThan(40);
    expect(await peer.ask(stem)).toEqual({ sequences, documents, type });
  });
});
