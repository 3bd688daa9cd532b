import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { PairPage, PairRow } from '../../dashboard/wire.ts';
import { ask } from './ask-server.ts';

/** Rows that are asked for at a time, and pages that are kept. */
const PAGE = 100;
const KEPT = 40;
/** When a page is asked for again whose names were not read yet. */
const AGAIN_MS = 1000;

interface Page {
  readonly version: string;
  readonly rows: readonly PairRow[];
}

/** Rows of a table of pairs, asked for where they are on the screen. */
export function usePairRows(run: string, state: string, version: number) {
  const [total, setTotal] = useState<number>();
  const [, redraw] = useState(0);
  const pages = useRef(new Map<number, Page>());
  const asking = useRef(new Set<string>());
  const range = useRef<readonly [number, number]>([0, 0]);
  const list = `${run} ${state}`;
  const current = useRef(list);
  const wanted = `${list} ${version}`;

  const load = useCallback((): void => {
    const [first, last] = range.current;
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
      const key = `${wanted} ${page}`;
      if (pages.current.get(page)?.version === wanted || asking.current.has(key)) continue;
      asking.current.add(key);
      const query = `from=${page * PAGE}&limit=${PAGE}${state === '' ? '' : `&state=${state}`}`;
      ask<PairPage>(`runs/${run}/pairs?${query}`)
        .then((answer) => {
          if (current.current !== list) return;
          keep(pages.current, page, { version: answer.is_named ? wanted : '', rows: answer.pairs });
          setTotal(answer.total);
          redraw((before) => before + 1);
          if (!answer.is_named) setTimeout(load, AGAIN_MS);
        })
        .catch(() => {}) // the head of the page says that the server is away
        .finally(() => asking.current.delete(key));
    }
  }, [run, state, list, wanted]);

  useEffect(() => {
    if (current.current !== list) {
      pages.current.clear();
      setTotal(undefined);
    }
    current.current = list;
    load();
  }, [list, load]);

  const show = useCallback(
    (first: number, last: number): void => {
      range.current = [first, Math.max(first, last)];
      load();
    },
    [load],
  );
  const rowAt = (at: number): PairRow | undefined => pages.current.get(Math.floor(at / PAGE))?.rows[at % PAGE];
  return { total, rowAt, show };
}

function keep(pages: Map<number, Page>, number: number, page: Page): void {
  pages.delete(number);
  pages.set(number, page);
  for (const oldest of pages.keys()) {
    if (pages.size <= KEPT) break;
    pages.delete(oldest);
  }
}
