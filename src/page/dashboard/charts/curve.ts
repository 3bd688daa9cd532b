import { duration } from '../../../report/format-number.ts';

/** Of a curve among others; as high while it has no points. */
export const CURVE_SIZE = {
  width: 420,
  height: 220,
  marginLeft: 66,
  marginRight: 16,
  marginTop: 26,
  marginBottom: 38,
} as const;

/** Seconds of work, without pauses. */
export function timeAxis(seconds: number) {
  return {
    label: 'time at work, without pauses',
    labelAnchor: 'center',
    labelArrow: 'none',
    ticks: 5,
    domain: [0, Math.max(seconds, 0.001)],
    tickFormat: duration,
  } as const;
}
