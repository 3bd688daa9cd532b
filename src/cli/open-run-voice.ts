import type { LogLevel } from '../log.ts';
import { appendingTo } from './appending-to.ts';
import { jsonVoice } from './json-voice.ts';
import { ProgressPace } from './progress-pace.ts';
import { inChorus, type RunVoice } from './run-voice.ts';
import { textVoice } from './text-voice.ts';

export interface RunVoiceOptions {
  readonly level: LogLevel;
  readonly format: 'text' | 'json';
  /** Between two lines of progress on stderr, where it is not a terminal. */
  readonly progressIntervalMs: number;
  /** Gets everything as JSON lines, and every save; `undefined` for none. */
  readonly file: string | undefined;
}

/** Who tells what a run does: stderr, in one format throughout, and a log file. @throws ConfigError `log_unwritable`. */
export function openRunVoice({ level, format, progressIntervalMs, file }: RunVoiceOptions): RunVoice {
  const pace = new ProgressPace(progressIntervalMs);
  const { stderr } = process;
  const shown =
    format === 'text' ? textVoice(level, pace, stderr) : jsonVoice(level, pace, (line) => stderr.write(`${line}\n`));
  if (file === undefined) return shown;
  const warn = (message: string): void => shown.log('warning', message);
  return inChorus([shown, jsonVoice(level, new ProgressPace(0), appendingTo(file, warn))]);
}
