export type LogLevel = 'debug' | 'info' | 'warning' | 'error' | 'critical';

/**
 * Where a room says what it does. The text is built only when the level is on; untrusted text goes into `fields`,
 * never into the message.
 */
export type Log = (level: LogLevel, message: string, fields?: () => Readonly<Record<string, unknown>>) => void;

export const silent: Log = () => {};
