import { afterAll, describe, expect, it } from 'vitest';
import type { Tokenizer } from '../../../src/tokens/create-tokenizer.ts';
import { NO_TOKEN } from '../../../src/tokens/vocabulary.ts';
import { missingPeers } from '../python.ts';
import { difference, ourTokenizer, type Verdict } from './compare.ts';
import { scoreDifference } from './compare-scores.ts';
import { mangle, type Token } from './mangle.ts';
import { midiPool } from './midi-pool.ts';
import { type DecodeAnswer, type EncodeAnswer, MidiTok } from './miditok.ts';
import { Random } from './random.ts';
import { randomConfig, TOKENIZATIONS } from './random-config.ts';
import { Tallies } from './tallies.ts';

const configs = Number(process.env.PEERS_CONFIGS ?? 180);
const seed = Number(process.env.PEERS_SEED ?? 1);
/** A tokenization to look at alone. */
const only = process.env.PEERS_ONLY;
const FILES = 6;
const MANGLED = 3;

type Streams = readonly (readonly Token[])[];

describe.skipIf(missingPeers('miditok', 'symusic') !== undefined)('MidiTok 3.1.0', () => {
  const midiTok = new MidiTok();
  afterAll(() => midiTok.end());

  for (const [place, tokenization] of TOKENIZATIONS.entries()) {
    if (only !== undefined && only !== tokenization) continue;
    it(`decodes ids of ${tokenization} to the scores that we do, seed ${seed}`, async () => {
      const tallies = new Tallies();
      const differences: string[] = [];
      for (let turn = 0; turn < Math.ceil(configs / TOKENIZATIONS.length); turn += 1) {
        const random = new Random(seed * 2_000_003 + turn * TOKENIZATIONS.length + place);
        const config = randomConfig(random, tokenization);
        const theirs = await midiTok.make(config);
        const ours = 'refused' in theirs ? theirs : ourTokenizer(theirs.saved);
        if ('refused' in ours) {
          tallies.add('configurations', 'refused by both');
          continue;
        }
        tallies.add('configurations', 'equal');
        const sizes = ours.vocabulary.columns.map(({ tokens }) => tokens.length);
        const answers = await midiTok.encode(midiPool(random, FILES).map((file) => file.bytes));
        const encoded = answers.flatMap((answer) => ('streams' in answer ? [answer.streams] : []));
        const mangled = encoded.flatMap((streams) => random.many(MANGLED, () => mangle(random, streams, sizes)));
        const cases = [
          ...encoded.map((streams) => ['whole', streams] as const),
          ...mangled.map((s) => ['mangled', s] as const),
        ];
        const decoded = await midiTok.decode(cases.map(([, streams]) => streams));
        for (const [index, answer] of (await midiTok.again(encoded)).entries()) {
          const verdict = compareAgain(ours, encoded[index] ?? [], answer, areMetersInOrder(decoded[index]));
          tallies.add('encoded again', verdict.kind);
          if (verdict.kind !== 'different') continue;
          differences.push(`turn ${turn}, again ${index}: ${verdict.why}\n  ${JSON.stringify(config.options)}`);
        }
        for (const [index, [name, streams]] of cases.entries()) {
          const verdict = compare(ours, streams, decoded[index] ?? { refused: 'no answer' });
          tallies.add(name, verdict.kind);
          if (verdict.kind === 'refused by MidiTok alone')
            tallies.add(`${name}: ${verdict.why.slice(0, 80)}`, verdict.kind);
          if (verdict.kind !== 'different') continue;
          const short = await shrunk(midiTok, ours, streams);
          const why = compare(ours, short, (await midiTok.decode([short]))[0] ?? { refused: 'no answer' });
          differences.push(
            `turn ${turn}, ${name} ${index}: ${'why' in why ? why.why : ''}\n  ${JSON.stringify(config.options)}\n  ${said(ours, short)}`,
          );
        }
      }
      console.log(`${tokenization}, seed ${seed}\n${tallies.toMarkdown()}`);
      expect(differences.length, differences.slice(0, 6).join('\n\n')).toBe(0);
    });
  }
});

function compare(ours: Tokenizer, streams: Streams, theirs: DecodeAnswer): Verdict {
  const { columns } = ours.vocabulary;
  try {
    const score = ours.decode({
      layout: 'tracks',
      columns: columns.length,
      streams: streams.map((stream) => Uint16Array.from(stream.flatMap((token) => whole(token, columns.length)))),
    });
    // Where MidiTok fails, ours must not.
    if ('refused' in theirs) return { kind: 'refused by MidiTok alone', why: theirs.refused };
    const why = scoreDifference(score, theirs);
    return why === undefined ? { kind: 'equal' } : { kind: 'different', why };
  } catch (error) {
    return { kind: 'different', why: `refused by us: ${error instanceof Error ? error.stack : error}` };
  }
}

function areMetersInOrder(decoded: DecodeAnswer | undefined): boolean {
  if (decoded === undefined || 'refused' in decoded) return false;
  return decoded.meters.every(([tick = 0], at) => tick >= (decoded.meters[at - 1]?.[0] ?? 0));
}

/** What was encoded, decoded and encoded again. */
function compareAgain(ours: Tokenizer, streams: Streams, theirs: EncodeAnswer, inOrder: boolean): Verdict {
  if (!('streams' in theirs)) return { kind: 'refused by MidiTok alone', why: JSON.stringify(theirs) };
  try {
    const { columns } = ours.vocabulary;
    const ids = streams.map((stream) => Uint16Array.from(stream.flatMap((token) => whole(token, columns.length))));
    const again = ours.encode(ours.decode({ layout: 'tracks', columns: columns.length, streams: ids }));
    const why = difference(ours, columns.length, again.streams, theirs.streams);
    if (why === undefined) return { kind: 'equal' };
    // Signatures that MidiTok lists out of order are in order in our scores: other ids where its are others, too.
    const isSame = JSON.stringify(theirs.streams) === JSON.stringify(streams);
    return isSame && inOrder ? { kind: 'different', why } : { kind: 'read otherwise' };
  } catch (error) {
    return { kind: 'different', why: `refused by us: ${error}` };
  }
}

/** MuMIDI's rows of bars, positions and programs are shorter than those of notes. */
function whole(token: Token, columns: number): number[] {
  const ids = [token].flat();
  return [...ids, ...Array.from({ length: columns - ids.length }, () => NO_TOKEN)];
}

/** The difference with as few tokens as halving finds. */
async function shrunk(midiTok: MidiTok, ours: Tokenizer, streams: Streams): Promise<Streams> {
  let smallest = streams;
  let tries = 0;
  const differs = async (one: Streams): Promise<boolean> => {
    tries += 1;
    return compare(ours, one, (await midiTok.decode([one]))[0] ?? { refused: 'no answer' }).kind === 'different';
  };
  for (const index of streams.keys()) {
    const fewer = smallest.filter((_, at) => at !== smallest.length - streams.length + index);
    if (fewer.length > 0 && (await differs(fewer))) smallest = fewer;
  }
  for (let size = 256; size >= 1; size = Math.floor(size / 2)) {
    for (const stream of smallest.keys()) {
      for (let at = 0; at < (smallest[stream]?.length ?? 0) && tries < 400; ) {
        const from = at;
        const fewer = smallest.map((tokens, one) =>
          one === stream ? tokens.filter((_, place) => place < from || place >= from + size) : tokens,
        );
        if (await differs(fewer)) smallest = fewer;
        else at += size;
      }
    }
  }
  return smallest;
}

function said(ours: Tokenizer, streams: Streams): string {
  const { columns } = ours.vocabulary;
  return streams
    .map((stream) =>
      stream
        .map((token) =>
          [token]
            .flat()
            .map((id, column) => columns[column]?.tokens[id] ?? '?')
            .join('/'),
        )
        .join(' '),
    )
    .join(' || ');
}
