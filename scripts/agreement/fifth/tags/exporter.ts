import type { Hand } from '../hand.ts';

/** A record written out as JSON, near enough. */
export const exporter: Hand = {
  parts: [
    {
      least: 0,
      most: 1,
      lines: ['"id": "trk_<count>"', '"title": "<title>"', '"source": "batch <few>"', '"rating": "<stars>"'],
    },
    {
      least: 3,
      most: 7,
      lines: [
        '<key:"key": "<KeyShort>">',
        '"tonality": "<key>"',
        '<key:"key": "<Tonic>", "mode": "<Mode>">',
        '<key:"scale": "<Tonic>_<Mode>">',
        '<tempo:"bpm": <Bpm>>',
        '<tempo:"tempo": <Bpm>>',
        '<tempo:"tempo_bpm": "<Bpm>">',
        '"tempo": "<pace>"',
        '"tempo_marking": "<italian>"',
        '"time_signature": "<meter bare>"',
        '"meter": "<meter bare>"',
        '<meter:"timesig": "<MeterJoined>">',
        '"instruments": [<quoted>]',
        '"instrument": "<solo>"',
        '"lead": "<lead>"',
        '<drums on>',
        '<drums unset>',
        '"duration": "<clock>"',
        '<duration:"duration_s": <Seconds>>',
        '<duration:"length_sec": <Seconds>>',
        '"mood": ["<mood>", "<mood>"]',
        '"genre": "<genre>"',
        '"license": "CC-BY 4.0"',
        '"bitrate_kbps": 192',
        '"plays": <count>',
      ],
    },
  ],
  joint: ', ',
  before: '{',
  after: '}',
  letters: 'as written',
};
