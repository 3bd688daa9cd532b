import { styleOf } from './lines.ts';

/** What one types into a text-to-music model. */
export const prompts = styleOf('prompts', [
  {
    between: ', ',
    parts: [
      {
        chance: 1,
        lines: [
          '{mood} {genre} [track|song|piece|instrumental] with {everyone}',
          '{pace} {mood} {genre} [track|song|beat]',
          '{solo}, {mood}, {mood2}',
          '{mood} {lead} [melody|theme|riff] over {second}',
          '{genre} instrumental, {lead}',
          '{duo} duet',
          'a {lengthlong} {mood} {genre} piece for {everyone}',
          '{mood} {lead}-driven {genre}',
          '{mood} {genre} in {key}, {everyone}',
          'music for {scene}, {commas}',
        ],
      },
      {
        chance: 0.55,
        lines: ['{bpmshort}', '{bpm}', 'around {bpmround}', '{bpmrange}', 'tempo {bpmnumber}', '{speed} tempo'],
      },
      { chance: 0.5, lines: ['key of {key}', '{keyshort}', 'in {key}', '{keytitle}', 'in {tonic}'] },
      { chance: 0.35, lines: ['{metertime}', '{meter}', '{meter} time signature', 'in {meter}'] },
      { chance: 0.25, lines: ['{nodrums}', '{drumless}', 'with {drums}', 'soft {drums}'] },
      { chance: 0.2, lines: ['{lengthseconds}', '{lengthnear} long', '{clock} long', 'duration {lengthshort}'] },
      {
        chance: 0.4,
        lines: [
          'high quality',
          '90s vibe',
          'cinematic',
          '44.1 kHz stereo',
          'studio quality',
          '8-bit',
          '4k',
          'masterpiece',
        ],
      },
    ],
  },
  {
    between: ' ',
    parts: [
      {
        chance: 1,
        lines: [
          '[Generate|Create|Compose|Write|Make] [me |]a {mood} {genre} [piece|track] in {key} for {everyone}.',
          '[Generate|Create|Compose|Make] a {pace} {genre} track with {everyone}.',
          'I want a {mood} {genre} piece played on {alone} and nothing else.',
          'I need something {mood} for {scene}, with {lead} as the main instrument.',
          '[Please write|Write] a {lengthlong} {genre} tune featuring {everyone}.',
          'Can you make a {mood} song with {everyone}?',
          'Give me a {mood}, {mood2} piece in {metertime}, led by {lead}.',
          'Background music for {scene}. Use {everyone}.',
          'A piece that sounds like {scene}, in {key}, played by {everyone}.',
          "Let's hear a {genre} theme in {keyshort} for {lead}.",
        ],
      },
      {
        chance: 0.65,
        lines: [
          'Tempo [should be|is] {bpm}.',
          'Keep it [at|around] {bpm}.',
          'Make it {speed}, [about|around|roughly] {bpm}.',
          'Somewhere between {bpmbetween}.',
          'The tempo should be {speed}.',
          'Set the tempo to {bpmnumber} and the time signature to {meter}.',
          'Play it {how}.',
          'BPM {bpmnumber}, time signature {meter}.',
          'Not too busy, [about|maybe] {bpmshort}.',
        ],
      },
      {
        chance: 0.35,
        lines: [
          'Use a {meter} time signature.',
          'It should have {beats}.',
          'I want it in {metertime}.',
          'Time signature: {meter}.',
          'Stay in {meter} the whole time.',
        ],
      },
      {
        chance: 0.35,
        lines: [
          'Length: {clock}.',
          'It should be [about|around] {lengthnear} long.',
          'Make it {lengthseconds} long.',
          'Total length {length}.',
          'Please keep it just under {lengthunder}.',
        ],
      },
      {
        chance: 0.5,
        lines: [
          'Please, {nodrums}.',
          'I want it {withoutdrums}.',
          'Add a small climax about 30 seconds in.',
          'Think of a Ghibli film from the 90s.',
          'Make the last 8 bars fade out.',
          'In the style of {artist}.',
          'It should loop seamlessly every 16 bars.',
          'Nothing too sharp or harsh in the mix.',
          'Start [softly|with a quiet intro] and build up.',
        ],
      },
    ],
  },
  {
    between: ' ',
    parts: [
      {
        chance: 1,
        lines: [
          '{genre} {lead} {bpmshort} {keyshort}',
          '{mood} {lead} {keyshort} {meter}',
          '{pace} {genre} with {lead}',
          '{mood} {genre} {lead}, {second} in the background',
          '{lead} [loop|music|song] {mood} {mood2}',
          '{mood} {solo} {keyshort}',
          '{genre} music {everyone} {bpmshort}',
          'relaxing {lead} music for studying',
          '{alone} only, {mood}, {bpm}',
        ],
      },
      { chance: 0.2, lines: ['{nodrums}', '{drumless}'] },
      {
        chance: 0.3,
        lines: ['like a major motion picture', '80s style', 'for a youtube intro', 'sleep music', 'boss fight'],
      },
    ],
  },
  {
    between: '\n',
    parts: [
      { chance: 1, lines: ['Prompt: {mood} {genre} instrumental', '{^genre}: {mood}, {mood2}', 'Theme for {scene}'] },
      {
        chance: 1,
        lines: ['Instruments: {commas}', 'Lead: {lead}', 'Instrumentation: {everyone}', 'Arrangement for {everyone}'],
      },
      { chance: 0.7, lines: ['Key: {keytitle}', 'Key - {keyshort}', 'Scale: {key}'] },
      { chance: 0.7, lines: ['Tempo: {bpm}', 'BPM: {bpmnumber}', 'Tempo - {speed}', 'Tempo: {speed} ({bpmshort})'] },
      { chance: 0.5, lines: ['Time signature: {meter}', 'Meter: {metertime}'] },
      { chance: 0.4, lines: ['Duration: {lengthseconds}', 'Length: {clock}', 'Duration: ~{lengthnear}'] },
      {
        chance: 0.4,
        lines: ['Seed: 120', 'Temperature: 0.9', 'Steps: 64', 'Structure: A B A', 'Negative prompt: noise, distortion'],
      },
    ],
  },
]);
