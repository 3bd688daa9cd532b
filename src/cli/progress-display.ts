import { MultiBar, type SingleBar } from 'cli-progress';
import type { RunEvent, StageProgress } from '../pipeline/run-events.ts';
import { count } from './count.ts';
import { duration } from './duration.ts';
import { printable } from './printable.ts';

/** Shows the events of a run: two bars on a terminal, one line per checkpoint elsewhere. Always on stderr. */
export interface ProgressDisplay {
  readonly show: (event: RunEvent) => void;
  /** A line that must not be painted over by a bar. */
  readonly line: (text: string) => void;
  readonly end: () => void;
}

export function openProgressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  return stream.isTTY ? bars(stream) : lines(stream);
}

function lines(stream: NodeJS.WriteStream): ProgressDisplay {
  const line = (text: string): void => {
    stream.write(`${text}\n`);
  };
  const downloads = new Set<string>();
  return {
    line,
    end: () => {},
    show: (event) => {
      if (event.type === 'download' && !downloads.has(event.file)) {
        downloads.add(event.file);
        line(`downloading ${printable(event.file)}, ${megabytes(event.totalBytes)}`);
      } else if (event.type === 'planned') line(plannedText(event));
      else if (event.type === 'saved') line(savedText(event));
      else if (event.type === 'notice') line(printable(event.message));
    },
  };
}

function bars(stream: NodeJS.WriteStream): ProgressDisplay {
  const multi = new MultiBar(
    {
      stream,
      format: '{stage} [{bar}] {text}',
      barCompleteChar: '=',
      barIncompleteChar: '-',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: false,
      linewrap: false,
      fps: 5,
    },
    undefined,
  );
  const bySection = new Map<string, SingleBar>();
  const update = (section: string, done: number, total: number, text: string): void => {
    let bar = bySection.get(section);
    if (bar === undefined) {
      bar = multi.create(Math.max(total, 1), 0, { stage: section.padEnd(5), text: '' });
      bySection.set(section, bar);
    }
    bar.update(total === 0 ? 1 : done, { text });
  };
  // cli-progress overwrites the last character of a logged line unless it ends the line itself.
  const line = (text: string): void => {
    multi.log(`${text}\n`);
  };
  return {
    line,
    end: () => multi.stop(),
    show: (event) => {
      if (event.type === 'planned') {
        line(plannedText(event));
        update('midi', event.resumed.midi, event.total, '');
        update('text', event.resumed.text, event.total, '');
      } else if (event.type === 'notice') line(printable(event.message));
      else if (event.type === 'download') {
        const { file, loadedBytes, totalBytes } = event;
        if (totalBytes >= WORTH_A_BAR_BYTES)
          update('model', loadedBytes, totalBytes, `${printable(file)}, ${megabytes(totalBytes)}`);
      } else if (event.type === 'merging') update('merge', event.pairs, event.total, `${count(event.rows)} rows`);
      else update(event.stage, event.progress.done, event.progress.total, progressText(event.progress));
    },
  };
}

function plannedText({ inputFile, total, resumed }: Extract<RunEvent, { type: 'planned' }>): string {
  const pairs = `${count(total)} pairs in ${printable(inputFile)}`;
  if (resumed.savedAt === undefined) return pairs;
  const ageSeconds = (Date.now() - Date.parse(resumed.savedAt)) / 1000;
  const found = [
    `MIDI ${count(resumed.midi)}/${count(total)}`,
    `text ${count(resumed.text)}/${count(total)}`,
    `${count(resumed.failed)} failed`,
    `last saved ${duration(Math.max(ageSeconds, 0))} ago`,
    ...(resumed.stoppedBy === undefined ? [] : [`stopped by ${printable(resumed.stoppedBy)}`]),
  ];
  return `${pairs}\nfound ${found.join(', ')}`;
}

function savedText({ stage, progress }: Extract<RunEvent, { type: 'saved' }>): string {
  const { saved, total, failed, pairsPerSecond, secondsLeft } = progress;
  const left = secondsLeft !== undefined && saved < total ? `, ${duration(secondsLeft)} left` : '';
  return `${stage}: ${count(saved)}/${count(total)} saved, ${rate(pairsPerSecond)}/s${left}, ${count(failed)} failed`;
}

function progressText({ done, total, failed, pairsPerSecond, secondsLeft, savedAt }: StageProgress): string {
  const parts = [`${count(done)}/${count(total)}`, `${rate(pairsPerSecond)}/s`];
  if (secondsLeft !== undefined && done < total) parts.push(`${duration(secondsLeft)} left`);
  parts.push(`${count(failed)} failed`);
  if (savedAt !== undefined) parts.push(`saved ${savedAt.toTimeString().slice(0, 8)}`);
  return parts.join(', ');
}

/** Smaller files of a model are there before a bar could be seen. */
const WORTH_A_BAR_BYTES = 10e6;

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function rate(perSecond: number): string {
  return perSecond >= 100 ? count(Math.round(perSecond)) : perSecond.toFixed(1);
}
