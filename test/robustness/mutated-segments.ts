import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSegment } from '../../src/checkpoint/segment.ts';
import { CheckpointError, messageOf } from '../../src/errors.ts';
import { runCli } from '../cli/run-cli.ts';
import { sampleArguments } from '../pipeline/sample-run.ts';
import { seededRandom } from '../seeded-random.ts';
import { type Rig, shareOf } from './rig.ts';

const FULL_MUTATIONS = 10_000;

/** Segments of a real run with bytes changed, cut off, doubled or put in: none may be accepted, and only typed errors come. */
export const mutatedSegments: Rig = async (size) => {
  const { seed } = size;
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-segments-'));
  const random = seededRandom(seed);
  try {
    const run = await runCli(sampleArguments(join(folder, 'run')));
    if (run.code !== 0) throw new Error(run.stderr);
    const segments = join(folder, 'run', 'midi_checkpoint.d');
    const originals = readdirSync(segments).map((name) => readFileSync(join(segments, name)));
    const file = join(folder, 'mutated.msgpack');
    const problems: string[] = [];
    const mutations = shareOf(FULL_MUTATIONS, size);
    for (let count = 0; count < mutations; count++) {
      const original = originals[Math.floor(random() * originals.length)] ?? Buffer.alloc(0);
      const mutated = mutate(original, random);
      if (mutated.equals(original)) continue;
      writeFileSync(file, mutated);
      try {
        await readSegment(file);
        problems.push(`mutation ${count} of seed ${seed} was accepted`);
      } catch (error) {
        if (!(error instanceof CheckpointError))
          problems.push(`mutation ${count} of seed ${seed}: ${messageOf(error)}`);
      }
    }
    return { fault: 'segments mutated', tried: `${mutations} mutations`, problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

function mutate(original: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * original.length);
  // Half of the mutations hit the header, where the lengths are.
  const place = random() < 0.5 ? at % 600 : at;
  const bytes = Buffer.from(original);
  switch (Math.floor(random() * 5)) {
    case 0:
      bytes[place] = Math.floor(random() * 256);
      return bytes;
    case 1:
      return bytes.subarray(0, place);
    case 2:
      return Buffer.concat([
        bytes.subarray(0, place),
        Buffer.alloc(1 + Math.floor(random() * 8), random() * 256),
        bytes.subarray(place),
      ]);
    case 3:
      bytes.writeUInt32BE(Math.floor(random() * 2 ** 32), Math.min(place, bytes.length - 4));
      return bytes;
    default:
      return Buffer.concat([bytes, bytes.subarray(place)]);
  }
}
