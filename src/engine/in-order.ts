/**
 * Works on up to `window` items at a time and yields the results in the order of the items. When a piece of work fails,
 * the failure surfaces at its turn, after all results before it. However it ends, nothing is in flight any more then:
 * work left behind would go on with workers that the caller is about to close.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  window: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const inFlight: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      result.catch(() => {
        // Observed when its turn comes; without this Node would end the process for an unhandled rejection.
      });
      inFlight.push(result);
      if (inFlight.length >= window) yield await next(inFlight);
    }
    while (inFlight.length > 0) yield await next(inFlight);
  } finally {
    await Promise.allSettled(inFlight);
  }
}

function next<Result>(inFlight: Promise<Result>[]): Promise<Result> {
  const first = inFlight.shift();
  if (first === undefined) throw new RangeError('nothing in flight');
  return first;
}
