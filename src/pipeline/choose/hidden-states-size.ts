/** What hidden states of captions take, in bytes; in the checkpoint, and once more in each format that holds them. */
export interface HiddenStatesSize {
  readonly bytes_per_token: number;
  /** Where every caption has as many tokens as the model reads. */
  readonly most_bytes_per_caption: number;
  readonly most_bytes: number;
}

const HALF_BYTES = 2;

/**
 * The size of what a text encoder will give, by what it says of itself; `null` where it gives no hidden states, or its model does not
 * say how many numbers they have.
 */
export function hiddenStatesSize(
  { output, hidden_size: numbers, max_tokens: tokens }: Readonly<Record<string, unknown>>,
  captions: number,
): HiddenStatesSize | null {
  if (output !== 'tokens' || typeof numbers !== 'number' || typeof tokens !== 'number') return null;
  const perToken = numbers * HALF_BYTES;
  const perCaption = perToken * tokens;
  return { bytes_per_token: perToken, most_bytes_per_caption: perCaption, most_bytes: perCaption * captions };
}

/** The same for a person, before anything is encoded. */
export function hiddenStatesNotice(size: HiddenStatesSize, captions: number): string {
  return (
    `hidden states take ${inUnits(size.bytes_per_token)} a token and up to ${inUnits(size.most_bytes_per_caption)} a caption: ` +
    `up to ${inUnits(size.most_bytes)} for ${captions} pairs, in the checkpoint and once more in each format that holds them`
  );
}

function inUnits(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
