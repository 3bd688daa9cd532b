import { statement } from './statement.ts';

/** The length of a piece as people say it, to the second or roughly. */
export function durationSlots(seconds: number, one: (words: readonly string[]) => string) {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  const duration = (words: string | undefined) => (words === undefined ? undefined : statement('duration', words));
  const near = roughly(whole);
  const clock = `${minutes}:${String(rest).padStart(2, '0')}`;
  const compact = minutes === 0 ? [`${rest}s`, `${rest} sec`] : [`${minutes}m${rest}s`, `${minutes} min ${rest} s`];
  const nearMinute = Math.round(whole / 60);
  const isNearMinute = nearMinute > 0 && Math.abs(whole - 60 * nearMinute) <= whole / 25;
  const minuteAdjective = isNearMinute ? `${one([String(nearMinute), countOf(nearMinute)])}-minute` : undefined;
  return {
    length: duration(inFull(minutes, rest, one)),
    clock: minutes > 0 ? duration(one([clock, clock, clock.padStart(5, '0')])) : undefined,
    lengthseconds: duration(`${whole} ${one(['seconds', 'seconds', 's', 'secs'])}`),
    lengthnumber: duration(String(whole)),
    lengthshort: duration(one(compact)),
    lengthlong: duration(minuteAdjective ?? (whole < 100 ? `${whole}-second` : undefined)),
    lengthnear: duration(near && one(near)),
    lengthover: minutes > 0 && rest >= 3 && rest <= Math.min(14, whole / 12) ? duration(minutesOf(minutes)) : undefined,
    lengthunder:
      minutes > 0 && rest <= 57 && 60 - rest <= Math.min(14, whole / 12) ? duration(minutesOf(minutes + 1)) : undefined,
  };
}

function inFull(minutes: number, rest: number, one: (words: readonly string[]) => string): string {
  const seconds = `${rest} ${rest === 1 ? 'second' : 'seconds'}`;
  if (minutes === 0) return seconds;
  const said = `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return rest === 0 ? said : `${said}${one([' and ', ' and ', ' ', ', '])}${seconds}`;
}

/** Within 6 percent, what people say after "about". */
function roughly(seconds: number): readonly string[] | undefined {
  const halves = Math.round(seconds / 30);
  if (halves === 0 || Math.abs(seconds - halves * 30) > seconds * 0.06) return undefined;
  if (halves === 1) return ['half a minute', '30 seconds', 'thirty seconds'];
  if (halves === 2) return ['a minute', 'one minute', '60 seconds'];
  if (halves === 3) return ['a minute and a half', '90 seconds', '1.5 minutes'];
  const minutes = Math.floor(halves / 2);
  if (halves % 2 === 0) return [minutesOf(minutes), `${minutes} minutes`, `${minutes} min`];
  return [`${countOf(minutes)} and a half minutes`, `${minutes}.5 minutes`, `${minutes} and a half minutes`];
}

function minutesOf(count: number): string {
  return count === 1 ? 'a minute' : `${countOf(count)} minutes`;
}

function countOf(count: number): string {
  return (
    ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'][count] ?? String(count)
  );
}
