import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { StageRecord } from '../../checkpoint/stage-reader.ts';
import { threadsOf } from '../../config/threads.ts';
import type { MergeProgress } from '../../dataset/write-rows.ts';
import { messageOf } from '../../errors.ts';
import type { OpenedRun } from '../open/open-run.ts';
import type { MergedRows } from './merge-rows.ts';
import { mergedRun } from './merged-run.ts';

/** What the event loop is kept from messages of workers at a time. */
const SLICE_MS = 4;

/**
 * The merge of a run, begun while the MIDI stage is at work, with what both have saved. It is a bet that the stages go through
 * the pairs once: where they go back to any, are stopped or fail, it is given up, and what it wrote is removed.
 */
export class HeadStart {
  readonly #opened: OpenedRun;
  readonly #stop = new AbortController();
  readonly #merging: Promise<MergedRows | undefined>;
  #end: () => void = () => {};
  #fail: (reason: unknown) => void = () => {};
  #isAwaited = false;
  #progress: MergeProgress | undefined;

  private constructor(opened: OpenedRun) {
    this.#opened = opened;
    const end = new Promise<void>((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    end.catch(() => {}); // whoever waits for it has the reason
    this.#merging = this.#merge(end).catch((error) => {
      opened.context.log('debug', 'the merge beside the stages is given up', () => ({ error: messageOf(error) }));
      return undefined;
    });
  }

  /** `undefined` where every core has its work, or pairs are made in another order. */
  static begin(opened: OpenedRun): HeadStart | undefined {
    const { config, chosen, update } = opened;
    const hasIdleCore = threadsOf(config.workers) < availableParallelism();
    const isWhole = config.mode !== 'retry' && chosen.description.task === undefined && update === undefined;
    return hasIdleCore && isWhole && config.vocabSize === undefined ? new HeadStart(opened) : undefined;
  }

  /** Whether no byte depends on what comes last. */
  async #isInOrder(): Promise<boolean> {
    const { config, chosen } = this.#opened;
    const [{ TAKES_GROUPS_LATER }, { mayFindCopiesLater }] = await Promise.all([
      import('../../dataset/writers/output-format.ts'),
      import('../../dataset/curation.ts'),
    ]);
    return config.outputFormat.every((format) => TAKES_GROUPS_LATER.has(format)) && mayFindCopiesLater(chosen.curation);
  }

  /** The stages have done everything: the data set, or `undefined` where it has to be made in the ordinary way. */
  async finish(): Promise<MergedRows | undefined> {
    this.#isAwaited = true;
    this.#tell();
    this.#end();
    const rows = await this.#merging;
    if (rows !== undefined) this.#opened.context.log('debug', 'the merge was made beside the stages');
    return rows;
  }

  async giveUp(): Promise<void> {
    const reason = new Error('the stages have not gone through the pairs once');
    this.#stop.abort(reason);
    this.#fail(reason);
    await this.#merging;
  }

  /** Waits for the text stage, which has a process of its own: until then a core is idle for moments only, in which the charts' library is loaded. */
  async #merge(end: Promise<void>): Promise<MergedRows | undefined> {
    const { context, plan, midi, text } = this.#opened;
    await text.untilSaved(text.firstIndex, end);
    // Loaded when the stages are under way, which need none of it to begin.
    if (!(await this.#isInOrder())) return undefined;
    const [{ mergeRows }, { openChartRoom }] = await Promise.all([
      import('./merge-rows.ts'),
      import('../../report/charts/draw-chart.ts'),
    ]);
    await openChartRoom().catch(() => {}); // whoever draws the page says why it cannot be
    await text.untilSaved(plan.end - 1, end);
    const rows = {
      midiRecords: () => inSlices(midi.follow(end)),
      textRecords: () => text.follow(end),
      partial: false,
      signal: AbortSignal.any([context.signal, this.#stop.signal]),
      onProgress: (progress: MergeProgress) => {
        this.#progress = progress;
        this.#tell();
      },
    };
    return mergeRows(mergedRun(this.#opened), rows, end);
  }

  /** How far it is, as soon as nothing else goes on. */
  #tell(): void {
    if (this.#isAwaited && this.#progress !== undefined) {
      this.#opened.context.emit({ type: 'merging', ...this.#progress });
    }
  }
}

/** Lets the event loop look at messages and files between records. */
async function* inSlices(records: AsyncIterable<StageRecord>): AsyncGenerator<StageRecord> {
  let since = performance.now();
  for await (const record of records) {
    yield record;
    if (performance.now() - since < SLICE_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}
