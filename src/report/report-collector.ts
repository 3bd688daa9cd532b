import type { ReportRow } from './report-row.ts';
import { RowFaults } from './row-faults.ts';
import { RowSample } from './sample-rows.ts';

/** What the report takes of the rows while they pass, besides the statistics. Two parts added equal one pass. */
export class ReportCollector {
  readonly sample = new RowSample();
  readonly faults = new RowFaults();

  readonly #devices = new Map<string, number>();

  /** How many captions were embedded on what; a run may have gone on elsewhere. */
  get devices(): ReadonlyMap<string, number> {
    return this.#devices;
  }

  add(row: ReportRow): void {
    if (row.device !== undefined) this.#devices.set(row.device, (this.#devices.get(row.device) ?? 0) + 1);
    this.sample.add(row);
    this.faults.add(row);
  }

  addAll(other: ReportCollector): void {
    this.sample.addAll(other.sample);
    this.faults.addAll(other.faults);
    for (const [device, count] of other.#devices) this.#devices.set(device, (this.#devices.get(device) ?? 0) + count);
  }
}
