import type { JSX } from 'preact';

export interface BarPart {
  readonly className: string;
  readonly count: number;
}

/** Parts of a whole, one beside the other; what is not nothing can be seen. */
export function ProgressBar({
  parts,
  total,
  label,
}: {
  readonly parts: readonly BarPart[];
  readonly total: number;
  readonly label: string;
}): JSX.Element {
  let left = 0;
  const all = Math.max(total, 1);
  return (
    <svg class="progress" viewBox="0 0 1000 14" preserveAspectRatio="none" role="img" aria-label={label}>
      {parts.map(({ className, count }) => {
        const width = (1000 * count) / all;
        const shown = count > 0 ? Math.max(width, 4) : 0;
        const x = Math.min(left, 1000 - shown);
        left += width;
        return <rect key={className} class={className} x={x} width={shown} height="14" />;
      })}
    </svg>
  );
}
