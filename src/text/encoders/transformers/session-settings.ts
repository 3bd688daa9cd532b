import { join } from 'node:path';
import { type ModelFolder, poolsItself } from '../../model-folder.ts';
import type { SessionSettings } from './model-session.ts';
import type { ModelSettings } from './model-settings.ts';

/** What opening and running a model takes. */
export function sessionSettings(
  { directory, modelFile }: ModelFolder,
  { padTokenId, firstPosition }: ModelSettings,
  threads: number,
): SessionSettings {
  const gives = poolsItself(modelFile) ? 'vector' : 'tokens';
  return { modelPath: join(directory, modelFile), gives, padTokenId, firstPosition, threads };
}
