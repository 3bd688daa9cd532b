import { type Packing, writesZstd } from '../../checkpoint/pack-records.ts';
import { packingOf } from '../../config/option.ts';
import type { RunConfig } from '../../config/run-config.ts';

/** How new segments are packed; a run that began on a newer Node.js goes on with what this one can write, and `tell` says so. */
export function chosenSegmentPacking(
  { compressSegments }: Pick<RunConfig, 'compressSegments'>,
  tell: (message: string) => void,
): Packing | undefined {
  const choice = packingOf(compressSegments);
  if (choice === undefined || choice.name === 'none') return undefined;
  const { name, level } = choice;
  if (name !== 'zstd' || writesZstd()) return { name, level };
  tell(
    `--compress_segments ${compressSegments}: Node.js ${process.version} reads zstd but does not write it (22.15 does); new segments are packed by zlib`,
  );
  return { name: 'zlib', level: 1 };
}
