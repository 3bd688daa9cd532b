const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Text that UTF-8 can hold: each lone surrogate becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd');
}
