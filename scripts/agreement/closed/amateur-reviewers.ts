import type { Writer } from './lines.ts';

/** A listener who comments, and a student who writes homework. */
export const amateurReviewers: readonly Writer[] = [
  {
    between: ' ',
    parts: [
      {
        chance: 0.8,
        lines: [
          'Stumbled on this one by accident and have had it on repeat ever since.',
          "Honestly didn't expect much, but this is lovely.",
          '5 stars, no question.',
          'Solid 8/10 for me.',
          "Four out of five, and I'm a tough grader.",
          'Okay, so I finally gave this a proper listen.',
          "I've heard hundreds of these {genre} files and most of them are forgettable.",
          "Not my usual thing (I'm more of a metal guy) but wow.",
          'My daughter, who plays the oboe, sent me this.',
        ],
      },
      {
        chance: 1,
        lines: [
          'Gorgeous {lead}, and the whole thing feels {mood}.',
          'Just {alone}, nothing else, and it works.',
          "It's {everyone}, basically, and that's plenty.",
          'Love how the {lead} and the {second} talk to each other.',
          'That {lead} part gets stuck in my head every single time.',
          "There's {nodrums} and I don't miss them one bit.",
          'The {lead} sound is a bit synthetic, but what do you expect from MIDI.',
          'The {second} behind the {lead} gave me goosebumps.',
          'Great {lead} playing, and I like the {drums} too.',
          'The {lead} could be louder, though.',
        ],
      },
      {
        chance: 0.5,
        lines: [
          "It's in {key}, I think, which probably explains the {mood} vibe.",
          "Pretty sure it's in {key}.",
          'My tuner app says {key}, so there you go.',
          'For anyone who wants to jam along: {keyshort}, {bpmshort}.',
          "{^key}, for those asking. You're welcome.",
          "Figured out it's in {key} after messing around for a while.",
        ],
      },
      {
        chance: 0.5,
        lines: [
          "It's pretty {speed} in tempo, so don't expect anything else.",
          'I clocked it at {bpm}, give or take.',
          'I tapped it out and got [about|around|roughly] {bpm}.',
          'Runs at {bpm}, which is perfect for my morning run.',
          'It goes by quite {how}.',
          "It's a {pace} one, and I love it for that.",
          "Must be {bpmround} or so, I didn't check.",
          'Somewhere between {bpmbetween}, I would guess.',
        ],
      },
      {
        chance: 0.35,
        lines: [
          "Only complaint: it's only {lengthnear} long!",
          '{^length} and not a second wasted.',
          'Wish it was longer than {length}.',
          'At {clock} it is exactly as long as it needs to be.',
          'A little over {lengthover} of pure joy.',
          'Not quite {lengthunder} long, and already over.',
        ],
      },
      {
        chance: 0.6,
        lines: [
          'Would buy again.',
          'I play drums in a covers band, so I always listen to the rhythm first.',
          'Better than the 10 minute remix someone posted last week.',
          'Reminds me of the theme from that old Zelda game.',
          'The first ten seconds are a bit dull but stick with it.',
          'It took me 20 minutes to stop humming it.',
          "Can't wait for the next one.",
          'Nothing like his last album, which dragged on for over an hour.',
          "I listened 3 times in a row at 2 am. Don't judge.",
          'Makes me want to dust off my old saxophone.',
          'Minor quibble: the ending is a bit abrupt.',
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
          'We had to analyse this for class.',
          'Assignment 3, listening diary.',
          'For my theory homework I picked a {genre} piece.',
          'I practised this for weeks, at half speed at first.',
          'I am only in grade 4, so take this with a grain of salt.',
          'Our teacher played us this after a Bach fugue in G minor, and I liked it more.',
          'I chose "{title}" because I wanted something {mood}.',
        ],
      },
      {
        chance: 1,
        lines: [
          'As far as I can tell it is in {key}, and the time signature is {meter}.',
          'The key is {key} because of the key signature and the last chord.',
          'I hear {beats}, so it must be {meter}.',
          'The instruments I can hear are {everyone}.',
          'I think the key is {key}, but I might be wrong.',
          'It has a {meter} time signature and a {speed} tempo.',
          'The melody is played by the {lead}, and {others} can be heard too.',
          'It is not hard to hear that it is in {metertime}.',
          'The tempo is {mark}, around {bpm} I think.',
          'It has {nodrums}; all the rhythm has to come from the {lead}.',
        ],
      },
      {
        chance: 0.6,
        lines: [
          'The metronome says {bpmnumber}, and I believe it.',
          'The recording takes {length}.',
          'It lasts about {lengthnear}, which is short for this kind of music.',
          'In bar 12 there is a chord I could not name, maybe Fm7.',
          'The middle part starts after about a minute, and it is {mood}.',
          'In the end I would say it is {mood2}, and it made me think of {scene}.',
          'The dynamics go from pianissimo to forte in measure 20.',
          'I give it 9 out of 10.',
          'The Mozart sonata we did last week is in D major, so I had something to compare it with.',
          'My friend says the second theme reminds her of Mozart 40.',
        ],
      },
    ],
  },
];
