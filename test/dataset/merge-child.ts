/** Merges a synthetic run into the directory named by the first argument; the parent kills it on the way. */
import { mergeDataset } from '../../src/dataset/merge-dataset.ts';
import { mergeInput } from './synthetic-run.ts';

const [, , outputDir = '', total = '0'] = process.argv;
process.send?.('ready');
await mergeDataset(mergeInput({ total: Number(total) }, outputDir, { shardSizeBytes: 200_000 }));
process.disconnect?.();
