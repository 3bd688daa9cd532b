import { codeOf, messageOf } from '../errors.ts';
import type { LogLevel } from '../log.ts';
import { printableJson } from './printable-json.ts';
import type { ProgressPace } from './progress-pace.ts';
import type { RunVoice } from './run-voice.ts';
import { isSaid } from './terminal-log.ts';

/** Tells a run to programs: every message and event is a JSON object in a line of its own. */
export function jsonVoice(level: LogLevel, pace: ProgressPace, write: (line: string) => void): RunVoice {
  const tell = (messageLevel: LogLevel, message: string, fields?: () => object): void => {
    if (!isSaid(messageLevel, level)) return;
    const time = new Date().toISOString();
    write(printableJson({ time, level: messageLevel, message, ...(fields && { fields: fields() }) }));
  };
  return {
    log: tell,
    error: (error) => tell('critical', messageOf(error), () => ({ code: codeOf(error) ?? 'unexpected' })),
    event: (event) => {
      if (!pace.isDue(event)) return;
      switch (event.type) {
        case 'notice':
          tell('warning', event.message);
          break;
        case 'planned': {
          const { inputFile, total, resumed, update } = event;
          tell('info', 'planned', () => ({ inputFile, total, resumed, update }));
          break;
        }
        case 'progress':
        case 'saved':
          tell('info', event.type, () => ({ stage: event.stage, ...event.progress }));
          break;
        case 'merging':
          tell('info', 'merging', () => ({ rows: event.rows, pairs: event.pairs, total: event.total }));
      }
    },
    pause: () => {},
    end: () => {},
  };
}
