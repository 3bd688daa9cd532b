import { CheckpointError, ConfigError, codeOf, messageOf } from '../errors.ts';
import { ManifestFault } from './manifest-fault.ts';
import type { PlanPart } from './plan-part.ts';

export function changedManifest(inputFile: string, cause?: ManifestFault): ConfigError {
  const advice = 'leave it as it is during a run (records may be appended), and continue';
  return new ConfigError('manifest_changed', `${inputFile} changed while it was read; ${advice}`, { cause });
}

/** What a user sees of anything that went wrong while reading. */
export function explained(inputFile: string, error: unknown): unknown {
  if (error instanceof ManifestFault) return invalidManifest(inputFile, error);
  if (error instanceof ConfigError || !isSystemError(error)) return error;
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') {
    const advice = 'name the manifest, or a folder of MIDI files, by --input_file';
    return new ConfigError('manifest_missing', `${inputFile} is not there; ${advice}`, { cause: error });
  }
  return new ConfigError('manifest_unreadable', `cannot read ${inputFile}: ${messageOf(error)}`, { cause: error });
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

export function emptyManifest(inputFile: string): ConfigError {
  return new ConfigError('manifest_empty', `${inputFile} lists no pairs; give it at least one record`);
}

function invalidManifest(inputFile: string, fault: ManifestFault): ConfigError {
  const place = fault.place ?? `byte ${fault.offset}`;
  return new ConfigError('manifest_invalid', `${inputFile}: ${place}: ${fault.message}`, { cause: fault });
}

/** A part is of one manifest: what lies in its place now is no part of that one. */
export function otherManifest(inputFile: string, { first, end }: PlanPart, cause?: unknown): CheckpointError {
  const why = cause === undefined ? '' : ` (${messageOf(cause)})`;
  return new CheckpointError(
    'plan_mismatch',
    `${inputFile} is not the manifest that was divided into tasks: pairs ${first} to ${end - 1} or what is before them are others ` +
      `now${why}. Put it back as it was, or begin again in another --output_dir.`,
    { cause },
  );
}
