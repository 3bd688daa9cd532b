import type { LogLevel } from '../log.ts';
import type { RunEvent } from '../pipeline/run-events.ts';
import { count } from './count.ts';
import { errorText } from './error-text.ts';
import { printable } from './printable.ts';
import type { ProgressPace } from './progress-pace.ts';
import { megabytes, plannedText, stageLine } from './progress-text.ts';
import type { RunVoice } from './run-voice.ts';
import { ProgressBars } from './terminal/progress-bars.ts';
import { isSaid, terminalLog } from './terminal-log.ts';

/** Tells a run to a person: on a terminal by bars that move, elsewhere by lines now and then. */
export function textVoice(level: LogLevel, pace: ProgressPace, stream: NodeJS.WriteStream): RunVoice {
  const isInfo = isSaid('info', level);
  const bars = isInfo && canRepaint(stream) ? new ProgressBars(stream) : undefined;
  const line = (text: string): void => {
    if (bars === undefined) stream.write(`${text}\n`);
    else bars.line(text);
  };
  const progressLine = (event: RunEvent): string | undefined => {
    switch (event.type) {
      case 'progress':
      case 'saved':
        return stageLine(event.stage, event.progress);
      case 'merging':
        return `merge: ${count(event.pairs)}/${count(event.total)} pairs, ${count(event.rows)} rows`;
      case 'download':
        return `downloading ${printable(event.file)}, ${megabytes(event.loadedBytes)} of ${megabytes(event.totalBytes)}`;
      default:
        return undefined;
    }
  };
  return {
    log: terminalLog(level, line),
    error: (error) => line(errorText(error)),
    event: (event) => {
      if (event.type === 'notice') {
        if (isSaid('warning', level)) line(printable(event.message));
      } else if (event.type === 'planned') {
        if (isInfo) line(plannedText(event));
      } else if (bars !== undefined) bars.show(event);
      else if (isInfo && pace.isDue(event)) {
        const text = progressLine(event);
        if (text !== undefined) line(text);
      }
    },
    pause: () => bars?.pause(),
    end: () => bars?.end(),
  };
}

/** A dumb terminal only knows how to go on. */
function canRepaint(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && process.env.TERM !== 'dumb';
}
