/** Two or three flowing sentences, as language models write them from features. */
export const PROSE = `
A <melancholic|wistful|dreamy> and <emotional|reflective|cinematic> piece with a touch of classical romance, led by
{lead}. Set in {key}[ with {a digits} time signature], it moves at {a pace} tempo and would suit a film's closing
scene.

This <soothing|relaxing|meditative> classical composition unfolds in {key} over {about}.[ {^only} is the only
instrument, giving it an intimate and nostalgic character.] It evokes <a rainy afternoon|a walk through an old town>.

Blending <pop|new age|jazz> and classical elements, this track is <warm|romantic|hopeful> throughout. It keeps a
steady {bpm} in {meter} time[, with {band} carrying the melody and the harmony].[ The whole lasts {length}.]

An <elegant|ornate|intimate> {waltz} in {key}, imbued with nineteenth-century charm.[ The tempo sits at {bpm}.][ Over
the course of {about}, the mood turns from playful to solemn.]

With its <dark|epic|brooding> atmosphere, this soundtrack-like work for {solo} grips the listener from its first bars.
The harmony centers on {key}[, and the music stays in {meter} time throughout].[ It is {length} long.]

The composition opens <quietly|softly|mysteriously> and grows into a passionate climax before fading away. Its {pace}
pace of around {bpmRounded} and the key of {key} lend it a <bittersweet|heroic|festive> quality.

A short cycle of chords in {key} underpins this <ambient|electronic|folk> piece, which is scored for {band}.[ The
{digits} time signature gives it a natural flow.][ The tempo is {pace}.]

Spanning {about}, this <tender|peaceful|melodic> work is a fine example of romantic writing.[ It is performed on
{only} alone.] The {key} tonality[, together with the {pace} tempo,] creates a sense of longing.

{^solo} takes the listener on a <spiritual|contemplative|playful> journey in this {paced} piece. Rich harmonies in
{key} recall the era of Chopin and Schumann.[ The performance spans {length}.]

The mood is <festive|cheerful|triumphant>, the genre hovers between classical and film music, and the tempo is {bpm}.
Without {absent}, the arrangement leaves plenty of room for the melody.[ The song is in {key}.]

Written in {digits} and marked {italian}, the music feels <noble|sincere|restless> yet never sentimental.[ It stays in
{key}][ and it takes {about} to play]. <Ideal for a documentary.|It could accompany a love scene.>

A <space-like|hypnotic|minimalist> electronic feeling pervades this track, although it is played entirely on {only}.
Over the {bpm} pulse[ in {digits} time][ and the {key} harmony] floats a <hazy|luminous|cold> melody.

In {key} and at {bpm}, the song radiates <love|optimism|sorrow>. {^lead} leads the way[ in {meter} time], and the
result is suited to <a wedding|a commercial|an evening at home>.

This {lengthy} piece is <sad|uplifting|serene> and richly harmonized.[ It is in {key}.] It has {a pace} tempo, and a
<baroque|impressionist|modern> flavor colors its final section.
`;
