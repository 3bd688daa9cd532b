import type { Hand } from '../hand.ts';

/** Knows how the model wants it: sections, weights, a line to each field. */
export const promptEngineer: Hand = {
  parts: [
    {
      least: 0,
      most: 1,
      lines: [
        '[Style: <genre>, <mood>]',
        'Genre: <genre>',
        '(masterpiece:1.2), high quality, 48 kHz',
        'Role: you are a composer of <genre>',
        'Task: compose music for <scene>',
      ],
    },
    {
      least: 3,
      most: 5,
      lines: [
        '<key:Key: <KeyShort>>',
        '[Key: <key>]',
        'Scale: <key>',
        '<tempo:Tempo: <Bpm>>',
        '[Tempo: <pace>, <bpm>]',
        'Tempo: <pace>',
        'Tempo: <italian>',
        'Tempo: <bpm range>',
        '<tempo:--bpm <Bpm>>',
        '<duration:--seconds <Seconds>>',
        '<duration:--length <Compact>>',
        'Length: <long exactly>',
        '<meter:--meter <Meter>>',
        'Time signature: <meter bare>',
        '[Meter: <meter>]',
        'Instruments: <commas>',
        'Instrumentation: <list>',
        'Instrumentation: <list>, <no drums>',
        '(<lead>:1.4), (<lead>:0.8)',
        'Solo instrument: <solo>',
        'Rhythm: <drums>',
        'Constraints: <no drums>, no lyrics, <no rare>',
        'Mood: <mood>, <mood>',
        'Reference (mood only): <work>',
        '--seed <count> --cfg 7',
        '[Intro: 4 bars] [A: 16 bars] [B: 8 bars]',
      ],
    },
  ],
  joint: '\n',
  letters: 'as written',
};
