import type { PageData } from '../../report/page-data.ts';

/** What the page carries for its script; written by the same program, so that its shape is known. */
export function readPageData(): PageData {
  const data: PageData = JSON.parse(document.getElementById('data')?.textContent ?? '{"cards":[],"points":[]}');
  return data;
}
