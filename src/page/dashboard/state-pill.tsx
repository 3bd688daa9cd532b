import type { JSX } from 'preact';
import type { RunRow } from '../../dashboard/wire.ts';

const WORDS: Readonly<Record<RunRow['status'], string>> = {
  not_started: 'not started',
  in_progress: 'running',
  waiting: 'waiting for a lock',
  interrupted: 'interrupted',
  failed: 'failed',
  completed: 'complete',
  invalid: 'damaged',
};

export function StatePill({ status }: { readonly status: RunRow['status'] }): JSX.Element {
  return <span class={`state is-${status}`}>{WORDS[status]}</span>;
}

export function stateWord(status: RunRow['status']): string {
  return WORDS[status];
}
