import type { Manner } from './manner.ts';
import { shapes } from './shapes.ts';

/** What listeners write under a recording: more about themselves and about other music than about the piece. */
export const REVIEWS: Manner = {
  claimCount: [1, 3],
  asideCount: [1, 4],
  separators: [' ', ' ', '\n', ' '],
  isInSentences: true,
  typos: 0.35,
  small: 0.2,
  capitals: 0.02,
  claims: shapes(`
    (Lovely|Gorgeous|Beautiful) [instrument:{instrument}] (playing|cover|version|arrangement).
    Just [instrument:{an instrument}] and nothing else, and I love it.
    Only [instrument:{an instrument}] here, [absent:no {absent}].
    Who knew that one [instrument:{instrument}] could say so much.
    This is for [instrument:solo {instrument}], in case you were wondering.
    The whole thing is played on [instrument:{an instrument}].
    That [instrument:{instrument}] gives me goosebumps every single time.
    So nice to hear this tune on [instrument:{instrument}].
    [instrument:Solo {instrument}], [absent:not a {drums} in sight].
    [absent:No {drums}s], thank goodness.
    Works really well [absent:without {absent}].
    [absent:No {absent}] on this one and nothing is missing.
    Really tender [instrument:{instrument}] instrumental of a {genre} favourite.
    For anyone asking: this one's in [key:{key}].
    For those who want to play along, the key is [key:{short key}].
    It's in [key:{key}] btw.
    This song is in [key:{key}] and it shows, so {mood}.
    Pretty sure the key of this one is [key:{key}], I checked with a tuner.
    Key's [key:{short key}], you're welcome.
    This tune sits in [key:{key}] all the way, easy to remember.
    The track is in [key:the {mode} key of {tonic}].
    This piece stays in [key:{key}] until the very end.
    I never get tired of this tune's [key:{key}] melancholy.
    Nice [key:{key}] tune with a {mood} feeling.
    A [word:{pace}] one, perfect for {use}.
    This one is [word:{slow}], [word:never {opposite pace}], and that's why I keep coming back.
    This song is really [word:{slow}] and {mood}.
    This tune is so [word:{fast}] I can hardly keep up.
    The tempo is [word:{pace of a tempo}], I'd say.
    Nice [word:{pace}] {genre} tune.
    Taken at a [word:{pace of a tempo} tempo]<, around [tempo:{bpm to five} bpm]>.
    The tempo here is [tempo:{bpm} bpm], for the DJs among you.
    Clocks in at (about|around|roughly) [tempo:{bpm to five} bpm].
    My metronome says [tempo:{bpm}] for this track.
    I tapped along to this and got [tempo:{bpm} beats per minute].
    Tempo of this recording is [tempo:{bpm in words} bpm].
    The tempo never leaves [tempo:{bpm} BPM], steady as a clock.
    This tune ticks along [tempo:{bpm between} bpm].
    It's [meter:{meter}] all the way through, so it's easy to count.
    This one is in [meter:{meter idiom}].
    Count it in [meter:{meter spoken}] and you can't go wrong.
    A sweet little [meter:{waltz}], this one.
    It's [meter:not a {not waltz}], whatever the title suggests.
    The track is in [meter:{meter} time], nothing fancy.
    Plain old [meter:{meter spoken}] time and yet it never bores me.
    [duration:{length roughly}] of pure bliss.
    The track is [duration:{clock}] long and not a second is wasted.
    All [duration:{length in full}] of this track are wonderful.
    At [duration:{clock}], this track is exactly as long as my walk to work.
    A [duration:{minutes of length}] song that feels like a whole film.
    This recording lasts [duration:{length roughly}] and I always hit replay.
    The recording runs [duration:{length in seconds} seconds], if you must know.
    This track runs [duration:{length between}] and is over too soon.
    This arrangement is for [instrument:{instrument}] in [key:{key}]<, [tempo:{bpm} bpm]>.
    A {mood} {genre} song, [word:{pace}], played on [instrument:{instrument}].
  `),
  asides: shapes(`
    Reminds me of {composer}'s slow waltz in {other key}.
    It makes me think of that old {other bpm} bpm disco hit, no idea why.
    Not as gloomy as {composer}'s prelude in {other key}.
    My favourite by {composer} is still the one in {other meter}.
    The song before it on the album is a fast one in {other key}.
    The original has {elsewhere} all over it.
    The live version has a full band with drums and {elsewhere}.
    There's a dance remix at {other bpm} bpm out there, avoid it.
    I sing it in {other key} because my voice is low.
    My choir does this in {other key}, half as fast.
    Has anybody got this in {other key}?
    Is it in {other key}? I can't tell.
    Can someone post the tempo, is it {other bpm} bpm?
    I wish it were in {other key}.
    I wish there were a {elsewhere} in it.
    Would love to hear this with {elsewhere}.
    Imagine this at {other bpm} bpm in a club.
    If only it were a {waltz elsewhere}.
    The bridge drops to half-time and I melt.
    Starts in {other key}, or so it seems, and then goes somewhere else.
    It starts slow and then opens up.
    The intro is slow and the chorus takes off.
    At 1:12 there's a wrong note, but who cares.
    The last 30 seconds are heaven.
    The bit two minutes in always makes me cry.
    The outro in {other key} is a surprise.
    Great for learning {elsewhere}.
    My {elsewhere} teacher sent me here.
    I practise the left hand at {other bpm} bpm first.
    I've been playing {elsewhere} for ten years and still can't do this.
    It was the key moment of our wedding.
    A minor detail: the cover art is hideous.
    A minor quibble, the sound is a little muddy.
    A major step up from the last album.
    A major label would have ruined it.
    A sharp contrast to the rest of the playlist.
    A flat joke in the liner notes, but never mind.
    Her sharp wit is what I miss most.
    The recording sounds a bit flat on my phone.
    Too much for my bass-heavy car speakers.
    One of a string of hits from {year}.
    It pulls at my heartstrings.
    He likes to blow his own trumpet in interviews.
    My neighbours drum on the wall when I play it.
    Not here to harp on about the old days.
    My heart was beating at {other bpm} bpm by the end.
    My resting pulse is 58 bpm and this keeps it there.
    I listened to it for two hours on the night train.
    Had it on repeat for 45 minutes.
    I was in tears within ten seconds.
    It fast became my favourite.
    It was a slow burn for me, I only got it after a week.
    Life is too fast, isn't it.
    My slow cooker and this song, perfect Sunday.
    Feels like the 90s again.
    10/10 would cry again.
    I'd give it 4/5.
    Plays 24/7 in our house.
    My daughter slept through 3/4 of the concert.
    Side A of the tape wore out first.
    Vitamin C for the soul.
    The lyrics about {topic} hit home.
    Perfect for {use}.
    I grew up with {artist}.
    First heard it in {year}.
    Who's still listening?
    What a beautiful melody.
    So {mood}, so {mood}.
    Definitely on my list for {use}.
    Can't read a note of music but I know what I like.
    My grandmother hummed it while cooking.
  `),
};
