import { ConfigError, codeOf, messageOf } from '../errors.ts';
import { ManifestFault } from './manifest-fault.ts';

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
