import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface VirtualTableProps {
  readonly label: string;
  readonly className: string;
  /** Rows in all. */
  readonly total: number;
  /** Of every row, in pixels. */
  readonly rowHeight: number;
  /** The first row that is to be seen; taken up when it changes. */
  readonly showAt?: number | undefined;
  /** Cells with role `columnheader`. */
  readonly header: ComponentChildren;
  /** Cells of a row with role `cell`. */
  readonly row: (at: number) => ComponentChildren;
  readonly keyOf: (at: number) => string | number;
  /** Told which rows are on the screen. */
  readonly onRange?: (first: number, last: number) => void;
}

/** Browsers make no element higher than some ten million pixels: of more, every pixel of scrolling stands for several. */
const MAX_PIXELS = 8_000_000;
/** Rows beyond the edges, so that a quick move shows no gap. */
const BEYOND = 8;

/** A table of which only the rows on the screen exist, so that a million are as quick as a hundred. */
export function VirtualTable({
  label,
  className,
  total,
  rowHeight,
  showAt,
  header,
  row,
  keyOf,
  onRange,
}: VirtualTableProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [{ top, height }, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const follow = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(follow);
    observer.observe(element);
    element.addEventListener('scroll', follow, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', follow);
    };
  }, []);

  const rows = total * rowHeight;
  const pixels = Math.min(rows, MAX_PIXELS);
  const scale = pixels > height ? (rows - height) / (pixels - height) : 1;
  const scrolled = top * scale;
  const first = Math.max(0, Math.floor(scrolled / rowHeight) - BEYOND);
  const last = Math.min(total - 1, Math.ceil((scrolled + height) / rowHeight) + BEYOND);
  const shift = top - scrolled;
  useEffect(() => {
    if (showAt !== undefined && box.current !== null) box.current.scrollTop = (showAt * rowHeight) / scale;
  }, [showAt, rowHeight, scale]);
  useEffect(() => onRange?.(first, last), [first, last, onRange]);

  return (
    <div class={`grid ${className}`} role="table" aria-label={label} aria-rowcount={total + 1}>
      <div class="row head" role="row" aria-rowindex={1}>
        {header}
      </div>
      <div class="rows" role="rowgroup" ref={box} tabIndex={0} onKeyDown={moveBetweenRows}>
        <div class="height" role="presentation" style={{ height: `${pixels}px` }}>
          {Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place).map((at) => (
            <div
              class="row"
              role="row"
              aria-rowindex={at + 2}
              key={keyOf(at)}
              style={{ transform: `translateY(${at * rowHeight + shift}px)`, height: `${rowHeight}px` }}
            >
              {row(at)}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

/** The arrows go from the link of a row to that of the next. */
function moveBetweenRows(event: KeyboardEvent): void {
  const step =
    event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : undefined;
  const row = event.target instanceof Element ? event.target.closest('.row') : null;
  if (step === undefined || row === null) return;
  const link = row[step]?.querySelector<HTMLElement>('a, button');
  if (link === null || link === undefined) return;
  event.preventDefault();
  link.focus();
}
