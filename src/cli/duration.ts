/** Seconds as `42 s`, `3 min 05 s`, `2 h 07 min` or `8 d 04 h`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${twoDigits(Math.floor((whole % 3600) / 60))} min`;
  return `${Math.floor(whole / 86_400)} d ${twoDigits(Math.floor((whole % 86_400) / 3600))} h`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
