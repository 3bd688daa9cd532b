import type { ProviderFigures } from './measure-provider.ts';

export interface GpuReport {
  /** Of the machine, by name. */
  readonly facts: Readonly<Record<string, string>>;
  readonly cpu: ProviderFigures;
  readonly gpus: readonly ProviderFigures[];
}

/** A block to paste into an issue: the machine, what each provider computes, and how fast. */
export function gpuReportText({ facts, cpu, gpus }: GpuReport): string {
  const lines = [
    ...Object.entries(facts).map(([name, value]) => `- ${name}: ${value}`),
    '',
    '| provider | captions/s | against the CPU | batch of tokens | lowest cosine | largest error |',
    '|---|---|---|---|---|---|',
    ...[cpu, ...gpus].flatMap((figures) => (figures.ok ? [row(figures, cpu)] : [])),
    ...gpus.flatMap((figures) =>
      figures.ok ? [] : ['', `${figures.provider} is not used: ${figures.reason}${needs(figures.remedy)}`],
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function row(figures: Extract<ProviderFigures, { readonly ok: true }>, cpu: ProviderFigures): string {
  const { provider, captionsPerSecond, batchTokens } = figures;
  const isCpu = !cpu.ok || figures === cpu;
  const cells = [
    provider,
    captionsPerSecond.toFixed(1),
    cpu.ok ? `${(captionsPerSecond / cpu.captionsPerSecond).toFixed(2)} times` : '',
    batchTokens === undefined ? 'as midiloom chooses' : String(batchTokens),
    ...(isCpu ? ['', ''] : agreement(figures.vectors, cpu.vectors)),
  ];
  return `| ${cells.join(' | ')} |`;
}

function agreement(found: readonly Float32Array[], expected: readonly Float32Array[]): readonly string[] {
  const cosines = expected.map((vector, at) => cosine(vector, found[at] ?? new Float32Array(0)));
  const errors = expected.map((vector, at) =>
    vector.reduce((most, value, i) => Math.max(most, Math.abs(value - (found[at]?.[i] ?? Number.NaN))), 0),
  );
  return [Math.min(...cosines).toFixed(7), Math.max(...errors).toExponential(1)];
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array): number =>
    x.reduce((sum, value, at) => sum + value * (y[at] ?? Number.NaN), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function needs(remedy: string): string {
  return remedy === '' ? '' : ` (needs ${remedy})`;
}
