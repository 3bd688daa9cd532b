import type { Verdict } from './compare.ts';

const KINDS: readonly Verdict['kind'][] = [
  'equal',
  'refused by both',
  'refused by MidiTok alone',
  'read otherwise',
  'different',
];

/** Counts verdicts by what was compared, and prints them as a table. */
export class Tallies {
  readonly #counts = new Map<string, Map<string, number>>();

  add(name: string, kind: Verdict['kind']): void {
    const counts = this.#counts.get(name) ?? new Map<string, number>();
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    this.#counts.set(name, counts);
  }

  toMarkdown(): string {
    const rows = [...this.#counts].map(([name, counts]) => [
      name,
      ...KINDS.map((kind) => String(counts.get(kind) ?? 0)),
    ]);
    return [['', ...KINDS], KINDS.map(() => '---').concat('---'), ...rows]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n');
  }
}
