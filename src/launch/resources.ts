/** What one task is given of a machine; `undefined` for what the scheduler gives by itself. */
export interface Resources {
  readonly cpus: number | undefined;
  /** As the scheduler writes it: `16G`, `16Gi`. */
  readonly mem: string | undefined;
  readonly gpus: number | undefined;
}
