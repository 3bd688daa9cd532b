/** Does something when it is asked for, at once if it was not done lately, and else when the pause is over. */
export function paced(work: () => void, pauseMs: number): { readonly soon: () => void; readonly end: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  const now = (): void => {
    timer = undefined;
    lastAt = performance.now();
    work();
  };
  return {
    soon: () => {
      timer ??= setTimeout(now, Math.max(0, lastAt + pauseMs - performance.now()));
    },
    end: () => clearTimeout(timer),
  };
}
