import { FollowedRun } from './followed-run.ts';
import type { ManifestPairs } from './manifest-pairs.ts';
import { type FailureQuery, PairPages, type PairQuery, type PairSource, type PickedPair } from './pair-pages.ts';
import type { KnownTask, PairSpan } from './run-registry.ts';
import type { FailurePage, FailureRow, PairPage, PairRow } from './wire.ts';

/** The pairs of a run in tasks: those of each, one after the other. */
export class TaskedPairs implements PairSource {
  readonly #tasks: readonly { readonly span: PairSpan; readonly pages: PairPages }[];

  constructor(tasks: readonly KnownTask[], manifest: ManifestPairs) {
    this.#tasks = tasks.map((task) => ({
      span: task.span,
      pages: new PairPages(new FollowedRun(task), manifest, task.span),
    }));
  }

  async page({ state, from, limit }: PairQuery): Promise<PairPage> {
    const pairs: PairRow[] = [];
    let [total, isNamed] = [0, true];
    for (const { span, pages } of this.#tasks) {
      const own = Math.max(0, from - total);
      const wanted = limit - pairs.length;
      const isBeside = state === undefined && (wanted === 0 || own >= span.end - span.first);
      // A page begins and ends somewhere: of the tasks before and behind it only their sizes are needed.
      const page = isBeside ? undefined : await pages.page({ state, from: own, limit: wanted });
      pairs.push(...(page?.pairs ?? []));
      isNamed &&= page?.is_named ?? true;
      total += page?.total ?? span.end - span.first;
    }
    return { total, from, pairs, is_named: isNamed };
  }

  async one(index: number): Promise<PickedPair | undefined> {
    const task = this.#tasks.find(({ span }) => index >= span.first && index < span.end);
    return task?.pages.one(index);
  }

  async failures({ code, from, limit }: FailureQuery): Promise<FailurePage> {
    const failures: FailureRow[] = [];
    for (const { span, pages } of this.#tasks) {
      if (span.end <= from) continue;
      const page = await pages.failures({ code, from, limit: limit - failures.length });
      failures.push(...page.failures);
      if (page.has_more || failures.length >= limit) return { failures, has_more: true };
    }
    return { failures, has_more: false };
  }
}
