/**
 * What the text stage does without a model (normalize, statistics, hashing), in captions per CPU second: of all threads, so the garbage
 * collector counts, and other work on the machine does not. Captions of 15 to 80 words from a seed. Run: npx tsx bench/hashing.ts
 */
import { createHashingEncoder } from '../src/text/encoders/hashing.ts';
import { normalizeText } from '../src/text/normalize-text.ts';
import { textStatistics } from '../src/text/text-statistics.ts';
import { makeCaptions } from './captions.ts';

const COUNT = 20_000;
const ROUNDS = 7;

const captions = makeCaptions(COUNT, 1);
const words = captions.reduce((sum, caption) => sum + caption.split(' ').length, 0);
console.log(`${COUNT} captions, ${(words / COUNT).toFixed(1)} words on average; median of ${ROUNDS} rounds`);

const encoder = createHashingEncoder({ dimensions: 384 });
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
await report('normalizeText', captions, (texts) => texts.map((text) => normalizeText(text)));
await report('textStatistics', captions, (texts) => texts.map(textStatistics));
await report('hashing encoder', captions, (texts) => encoder.encode(texts));
await report('Intl.Segmenter words, to compare', captions.slice(0, COUNT / 10), (texts) =>
  texts.map((text) => Array.from(segmenter.segment(text)).length),
);

async function report(
  name: string,
  texts: readonly string[],
  work: (texts: readonly string[]) => unknown,
): Promise<void> {
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    await work(texts);
    const { user, system } = process.cpuUsage(start);
    rates.push((1e6 * texts.length) / (user + system));
  }
  const median = rates.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  console.log(`${name.padEnd(34)}${Math.round(median).toLocaleString('en').padStart(12)} captions per CPU second`);
}
