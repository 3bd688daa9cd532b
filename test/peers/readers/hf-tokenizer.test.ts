import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeDataset } from '../../../src/dataset/merge-dataset.ts';
import { createTokenizer } from '../../../src/tokens/create-tokenizer.ts';
import { presetConfig } from '../../../src/tokens/preset-config.ts';
import { mergeInput } from '../../dataset/synthetic-run.ts';
import { missingPeers, Peer } from '../python.ts';

const missing = missingPeers('transformers');

describe.skipIf(missing !== undefined)('hf_tokenizer/', () => {
  let peer: Peer;
  let folder: string;
  beforeAll(() => {
    peer = new Peer('readers/hf-tokenizer.py');
    folder = mkdtempSync(join(tmpdir(), 'midiloom-hf-'));
  });
  afterAll(async () => {
    await peer.end();
    rmSync(folder, { recursive: true });
  });

  it.each(['tsd', 'remi'] as const)('is what AutoTokenizer loads, for %s', async (preset) => {
    const { vocabulary } = createTokenizer(presetConfig(preset));
    const tokens = vocabulary.columns.map((column) => column.tokens);
    const run = join(folder, preset);
    await mergeDataset(mergeInput({ total: 2 }, run, { tokens: { vocabulary: tokens, hasManyStreams: false } }));
    const ids = [5, 4, 100, 7];
    const [names = []] = tokens;
    expect(await peer.ask({ folder: join(run, 'dataset/hf_tokenizer'), ids })).toEqual({
      size: names.length,
      vocabulary: vocabulary.toJson(),
      ids,
      text: ids.map((id) => names[id]).join(' '),
      special: ['PAD_None', 'BOS_None', 'EOS_None', 'MASK_None'],
      padding: ids.slice(1).map(() => names.indexOf('PAD_None')),
    });
  });
});
