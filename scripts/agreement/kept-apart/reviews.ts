/** What listeners and critics write; much of it is about other things. */
export const REVIEWS = `
I have heard this in concert twice, and I still do not know why {key} suits it so well. <Maybe it is the ending.|My
wife disagrees.> At {bpm} nothing feels forced[, and {about} go by before you notice].

Honestly? Overrated. {^about} in {key}[ with nothing but {only}], and I was thinking about dinner by the end. Four
stars out of five for the melody alone.

"{title}" is the one {artist} will be remembered for: {a lead} piece in {key} that makes grown men cry.[ The tempo is
{pace}, but the tension never lets up.]

People compare it to the violin concertos of the day, but this is music for {solo}, and proudly so.[ It is in {key}.]
The {pace} tempo <tells you everything|is a bold choice|pays off in the coda>.

What a find! A proper {waltz}, the sort my grandparents met to,[ in {key},] and it is all over in {length}.

Not a minor work by any measure. The composer picks {key}, sets it in {meter} time[ at {bpm}], and trusts the listener
to follow.

There are no {absent} here, thank goodness, and no singer either.[ Just {only}.] In {key}, it reminded me of <an old
photograph|a Turner seascape|the last pages of a Russian novel>.

Compared with Satie's "Gymnopédies", which I also love, this one is in {key} and has more to say.[ It clocks in at
{clock}.] The {lead} <sounds gorgeous|could have been recorded better|is a bit bright for my taste>.

A friend who plays the trumpet sent me this file. It turned out to be for {solo}, {bpm}[, {meter} time], and I have
had it on repeat since <Tuesday|Christmas|the storm>.

Where other composers of the era shout, {artist} whispers. The piece runs for {length}[ in {digits} time], and {key}
has rarely sounded so <lonely|generous|cruel>.

Three things I liked: the {pace} tempo, the choice of {key}, and the last chord.[ One that I did not: {about} of it is
too much.]

The orchestral version has cellos and a harp; this one is for {only} alone, and I prefer it.[ It is taken at {bpm}.]
It lasts {about}, and all that while I forgot where I was.

I teach this to students who think that old music is boring. It has {digits} bars, the tempo is {bpm}, and the rest is
<character|nerve|listening>.[ {^only} only.]

If Debussy had written lullabies for sailors, they might sound like this: {key}, {pace} in tempo[, {about} from start
to finish], <salt in every phrase|and utterly sincere>.

It took me a whole bus ride to get over the ending. The {lead} sings in {key}[; the tempo stays at {bpm} throughout][;
the meter is {digits}]. <Bravo.|Recommended to romantics.|Skip it if you dislike sugar.>

Usually it is Chopin's Nocturne in E-flat major that I put on before bed. Since last week it is this one, in {key}[
and for {solo}][, at {bpm}], and I <sleep better|dream worse|do not miss the other>.

Heard it on a 40-minute train ride, over and over. The piece itself is {clock} long[, for {lead}][, in {key}] and
{paced}; the commuters next to me <stared|slept|smiled>.

Do not expect Ravel's "Boléro" and its famous snare drum: this is {a lead} piece in {meter} time[, {pace} in tempo][
and in {key}], and it <smoulders|glows|shrugs> where the other one marches.
`;
