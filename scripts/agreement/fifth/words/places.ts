/** Where one might hear it. */
export const places: readonly string[] = [
  'a hotel lobby',
  'a rainy café',
  'a ferry at night',
  'a school hall',
  'an empty museum',
  'a village fête',
  'a spaceship’s canteen',
  'a foggy harbour',
  'a winter forest',
  'a train station',
  'a candlelit dinner',
  'a desert highway',
];
