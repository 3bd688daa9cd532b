/** Writes the sample data of the repository, `data/`. Run: npm run sample-data */
import { fileURLToPath } from 'node:url';
import { writeSampleData } from './sample-data/write-sample-data.ts';

const folder = fileURLToPath(new URL('../data/', import.meta.url));
const { pieces, badPairs, bytes } = writeSampleData(folder);
console.log(`${pieces} pieces and ${badPairs} bad pairs, ${bytes} bytes, in ${folder}`);
