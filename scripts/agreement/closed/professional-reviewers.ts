import type { Writer } from './lines.ts';

/** A critic, and a seller of arrangements. */
export const professionalReviewers: readonly Writer[] = [
  {
    between: ' ',
    parts: [
      {
        chance: 1,
        lines: [
          '{^artist} has long been a favourite of mine, and this does nothing to change that.',
          '"{title}" is the kind of {genre} writing that critics like to call {mood2}.',
          'What a curious thing this is: {mood}, {mood2}, and oddly memorable.',
          "If Chopin's Nocturne in E-flat major is a sigh, this is a shrug, albeit a {mood} one.",
          'One is tempted to compare it with the slow movement of the Pathétique, and one should resist.',
          'It is a major achievement, or at least a {mood} one.',
          'Few pieces in the current {genre} revival are as {mood2} as this.',
          'Ever since the Moonlight Sonata, every {mood} piece has had to live with comparisons.',
        ],
      },
      {
        chance: 0.8,
        lines: [
          'Cast in {key}, it wears its {mood} heart on its sleeve.',
          'The choice of {keyhyphen} is a happy one.',
          'It opens in {key} and, to its credit, ends there.',
          'Nominally in {key}, it wanders a little, as such things do.',
          'The {key} tonality suits the material.',
          'Scored for {everyone}, it is modest in means.',
          'The writing for {lead} is idiomatic, that for {second} restrained.',
          'It gives almost all of the good tunes to the {lead}.',
          '{^everyone}: that is the whole of its palette, and it suffices.',
        ],
      },
      {
        chance: 0.6,
        lines: [
          'The {meter} metre is handled with some wit.',
          'Its {metertime} never quite turns into a dance.',
          'The tempo, a [steady|metronomic|judicious] {bpm}, leaves the phrases room.',
          'Taken at a {speed} tempo, it makes its point without fuss.',
          'The score is marked {mark}, and the performance obeys.',
          'At {quarter} it is a notch away from what I would have chosen.',
          'A {speed} pace, {beats}, and hardly an accent out of place.',
          'It unfolds {how}, over {length}.',
        ],
      },
      {
        chance: 0.6,
        lines: [
          'The record it comes from, by contrast, runs for 52 minutes and feels longer.',
          'After {length} it simply stops.',
          'It is all over in [about|roughly] {lengthnear}, and one is grateful for the brevity.',
          'I heard the trumpeter Alison Balsom on the same evening, and she was superb.',
          'The encore, a Scarlatti sonata in D minor, was better still.',
          'As for the rest of the programme, the less said the better.',
          'The sharp-eared will notice a wrong note near the end.',
          'It was first heard on 3 May 1998, to a half-empty hall.',
          'One leaves with the sense of {scene}.',
        ],
      },
    ],
  },
  {
    between: ' ',
    parts: [
      {
        chance: 0.9,
        lines: [
          'Customers love this {mood} {genre} piece.',
          'One of our bestsellers since 2015!',
          'Perfect for {scene}.',
          'Instant download, 24/7 support, money back within 30 days.',
          'New in our shop: a {mood} {genre} number for {everyone}.',
          'Looking for something {mood}? Look no further.',
          'A {pace} crowd-pleaser with {everyone}.',
        ],
      },
      {
        chance: 1,
        lines: [
          'You get {everyone}, in {key}, at {bpm}.',
          'Arranged for {everyone} in the friendly key of {key}.',
          'It comes in {keytitle}, {metertime}, with a running time of {clock}.',
          'The {lead} part is suitable for players of grade 5 and up.',
          'Runtime {clock}, tempo {bpmnumber}, key {keyshort}.',
          'Please note: {nodrums} in this version, {band} only.',
          '{^solo}, {lengthnear} of playing time, key of {key}.',
          'It features {band} {withoutdrums}.',
          'Key: {keytitle}. Tempo: {bpm}.',
        ],
      },
      {
        chance: 0.6,
        lines: [
          'Also available: our christmas bundle with 25 songs for brass band.',
          'We also sell violin strings, rosin and music stands.',
          'Page count: 6. Price: $3.49.',
          'Rated 4.8/5 by over 120 buyers.',
          'At a {speed} tempo it is well within reach of most students.',
          'The time signature is a [plain|simple] {meter}, nothing to be scared of.',
          'Playing time is [about|approx.|ca.] {lengthnear}.',
          'Use it in your film, game or podcast.',
          'The set also contains a PDF score.',
        ],
      },
    ],
  },
];
