import type { Manner } from './manner.ts';
import { shapes } from './shapes.ts';

/** What people type into a text-to-music model; a wish is what the piece, made for it, is. */
export const PROMPTS: Manner = {
  claimCount: [1, 4],
  asideCount: [0, 3],
  separators: ['. ', ', ', '. ', '; ', '\n', ' -- '],
  isInSentences: false,
  typos: 0.15,
  small: 0.25,
  capitals: 0.02,
  claims: shapes(`
    (Generate|Create|Compose|Write) a {mood} {genre} (song|track|piece) in [key:{key}]<, [tempo:{bpm} bpm]>
    (Generate|Make|Give me) [instrument:a solo {instrument}] (piece|track)< in [key:{key}]>
    (Compose|Write) something {mood} for [instrument:{instrument}]<, [tempo:{bpm} BPM]><, [key:{short key}]>
    I (want|need|would like) a {genre} instrumental with [instrument:{instrument}] only
    I need [duration:{length roughly}] of {mood} music for {use}
    (Make|Generate) a [duration:{minutes of length}] {genre} track
    make it [duration:{clock}] long
    total length [duration:{length in seconds} seconds]
    length should be [duration:{length in full}]
    target duration: [duration:{length in short}]
    please write it in [key:{key}]
    use [key:{key}] as the key
    the key (must|should) be [key:{key}]
    key: [key:{short key}]
    keep it in [key:{key}] (from start to finish|the whole way through)
    stay in the [key:{mode} key of {tonic}]
    [key:{short key}], {mood}, {genre}
    [key:{key}] tonality
    harmony firmly in [key:{key}], nothing chromatic
    set the tempo to [tempo:{bpm} BPM]
    tempo around [tempo:{bpm to five} bpm]
    [tempo:{bpm} bpm]
    BPM = [tempo:{bpm}]
    aim for [tempo:{bpm between} bpm]
    something like [tempo:{bpm to ten} beats per minute]
    metronome at [tempo:{bpm}]
    tempo [tempo:{bpm range} BPM]
    [tempo:♩ = {bpm}]
    [word:{pace}] {genre}, {mood}
    the tempo should be [word:{pace of a tempo}]
    (keep|make) it [word:{slow}] please
    keep it [word:{fast}] please
    [word:{pace of a tempo} tempo], {mood} melody
    it should be [word:{slow}], [word:not {opposite pace}]
    play it [word:{slowly}]
    [word:{italian}], expressive
    in [meter:{meter}]
    use a [meter:{meter}] time signature
    time signature [meter:{meter}]
    write it in [meter:{meter idiom}]
    [meter:{meter spoken}] time, simple phrasing
    [meter:{beats to the bar}], please
    a [meter:{waltz}] with a {mood} tune
    [instrument:solo {instrument}], close mic
    [instrument:{instrument} only], [absent:no {absent}]
    [instrument:{patch}], warm room
    [absent:no {absent}] please
    [absent:no {drums}s] at all
    [absent:leave out the {absent}]
    [absent:avoid {absent}]
    [absent:Negative prompt: {absent}], distortion, hiss
    (the lead|melody) on [instrument:{instrument}]
    arranged for [instrument:{instrument}] and nothing else
    [instrument:{instrument} instrumental], [absent:{drums}less]
    an unaccompanied [instrument:{instrument}]
    {mood} [instrument:{instrument}] music for {use}
    a {genre} [instrument:{instrument} cover] of "{title}"
    {genre} in [key:{key}] for [instrument:{instrument}]<, [meter:{meter}]>
    text to music: {mood} {genre}, [instrument:{instrument}], [tempo:{bpm}bpm]<, [key:{short key}]>
  `),
  asides: shapes(`
    {mood}, {mood}
    {genre} vibes
    cinematic, wide stereo, high fidelity
    seed 42
    cfg 7.5, 50 steps
    temperature 0.9, top_k 250
    44.1 kHz stereo, 320 kbps
    24-bit wav
    it's for {use}
    lyrics theme: {topic}
    think of how {composer} lets a melody breathe
    slow fade at the end
    a sparse intro, then build
    drop to half-time in the bridge
    lift the last chorus by a whole step
    start with a quiet intro of 8 bars
    build slowly towards the final chorus
    the bridge can wander into {other key}
    nothing like that {other bpm} BPM EDM loop you gave me last time
    last time you gave me {other key}, which was wrong
    my previous prompt said {other meter} and I regret it
    the client's other advert uses a {elsewhere} loop, this one is different
    I'll overdub my own voice later
    the video it's for was shot at 60 fps
    the deadline is in 20 minutes
    make the chorus the key moment
    give it a sharp, memorable hook
    no flat, lifeless dynamics
    major-label polish
    minor imperfections are fine
    like the end of a 90s film
    for a fast-food advert
    for a slow-cooking channel
    for a channel that teaches {elsewhere} makers to varnish
    not a copy of {composer}
    catchy hook
    tug at the heartstrings
    surprise me
    thanks
  `),
};
