import { pick } from '../pick.ts';
import { numberInWords } from './number-in-words.ts';

const counted = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
const countedInWords = (count: number, unit: string) => `${numberInWords(count)} ${unit}${count === 1 ? '' : 's'}`;

/** 201: "3:21". */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** To the second: "3:21", "3 minutes and 21 seconds", "201 seconds", "three minutes twenty-one". */
export function exactDuration(seconds: number, random: () => number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  if (minutes === 0) {
    const forms = [counted(whole, 'second'), countedInWords(whole, 'second'), `${whole} secs`, clock(seconds)];
    return pick(forms, random) ?? clock(seconds);
  }
  if (rest === 0) {
    return (
      pick([counted(minutes, 'minute'), countedInWords(minutes, 'minute'), clock(seconds)], random) ?? clock(seconds)
    );
  }
  const forms = [
    clock(seconds),
    clock(seconds),
    `${counted(minutes, 'minute')} and ${counted(rest, 'second')}`,
    `${counted(minutes, 'minute')} ${counted(rest, 'second')}`,
    `${minutes} min ${rest} sec`,
    `${countedInWords(minutes, 'minute')} and ${countedInWords(rest, 'second')}`,
    counted(whole, 'second'),
  ];
  return pick(forms, random) ?? clock(seconds);
}

/** As people say it who have not looked: "about three and a half minutes"; undefined where no round number is near. */
export function roundDuration(seconds: number, random: () => number): string | undefined {
  if (seconds < 50) {
    const five = Math.round(seconds / 5) * 5;
    const hedge = pick(['about', 'around', 'roughly', 'some'], random);
    return five === 30 && random() < 0.5
      ? `${hedge === 'some' ? 'about' : hedge} half a minute`
      : `${hedge} ${five} seconds`;
  }
  const past = seconds % 60;
  const minutes = Math.round(seconds / 60);
  const whole =
    minutes === 1 ? 'a minute' : random() < 0.4 ? counted(minutes, 'minute') : countedInWords(minutes, 'minute');
  if (past >= 3 && past <= 12) {
    return `${pick(['just over', 'a little over', 'a shade over', 'about', 'a bit more than'], random)} ${whole}`;
  }
  if (past >= 49 && past <= 57) {
    return `${pick(['just under', 'nearly', 'almost', 'not quite', 'close to', 'about'], random)} ${whole}`;
  }
  if (past < 3 || past > 57) return `${pick(['about', 'around', 'roughly', 'more or less'], random)} ${whole}`;
  if (past < 23 || past > 37) return undefined;
  const below = Math.floor(seconds / 60);
  const halves =
    below === 1
      ? ['a minute and a half', 'one and a half minutes', '90 seconds', '1.5 minutes']
      : [
          `${numberInWords(below)} and a half minutes`,
          `${below}.5 minutes`,
          `${below} and a half minutes`,
          `${below}½ minutes`,
        ];
  return `${pick(['about', 'around', 'roughly', 'some'], random)} ${pick(halves, random)}`;
}

/** Before a noun: "three-minute", "43-second"; undefined where neither is natural. */
export function durationBeforeNoun(seconds: number, random: () => number): string | undefined {
  const whole = Math.round(seconds);
  if (whole <= 100 && whole !== 60) return `${whole}-second`;
  const minutes = Math.round(seconds / 60);
  if (Math.abs(seconds - minutes * 60) > 5) return undefined;
  return `${random() < 0.5 ? minutes : numberInWords(minutes)}-minute`;
}
