/** The README that goes with the files. */
export const README = `# Sample data

Short pieces of music and a caption for each, to try midiloom with and to test it on. \`pairs.jsonl\` is the manifest: a JSON object
per line, \`midi_file\` is relative to this folder.

| field | meaning |
|---|---|
| \`midi_file\`, \`text_description\` | the pair |
| \`title\`, \`style\`, \`language\` | what the piece is called, its style, the language of the caption (ISO 639-1) |
| \`annotated_key\` | such as \`G major\` or \`E dorian\`; absent for drums alone |
| \`annotated_bpm\`, \`annotated_meter\` | tempo at the start in quarter notes per minute, and the first meter; absent for a piece recorded without a beat |
| \`flaw\` | what is wrong with a pair that is bad on purpose |

The pieces are of many styles, meters, tempi, keys and instruments; some change tempo, meter or key, bend pitches, change programs, use
the pedal, or are played off the beat as by a hand. The bad pairs stand in the middle of the good ones: a file that ends within its
header, a text file named \`.mid\`, a missing file, an empty caption, and a file that ends within a track, whose notes up to there can be saved.

The music is composed by a program, and nothing in it is taken from anywhere: chord charts, rhythms, accompaniment patterns
and captions are written in \`scripts/sample-data/pieces/\`, melodies come from a seeded generator, and \`@tonejs/midi\` writes the files.
\`npm run sample-data\` makes every file in this folder anew, byte for byte the same; change the script, not the files.

Licence: CC0 1.0 (public domain dedication, https://creativecommons.org/publicdomain/zero/1.0/).
`;
