/** The part of a terminal that is painted on. */
export interface TerminalStream {
  readonly columns: number;
  readonly rows: number;
  write(text: string): unknown;
}

/** The size of a terminal's window. One that does not say (some pseudo-terminals report 0) is taken as 80 by 24. */
export function windowOf({ columns, rows }: TerminalStream): { readonly columns: number; readonly rows: number } {
  return { columns: columns || 80, rows: rows || 24 };
}
