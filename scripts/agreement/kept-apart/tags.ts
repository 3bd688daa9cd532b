/** Lists of tags, mostly in lower case. */
export const TAGS = `
{lead}, {keyShort}, {bpmShort}, <sad|happy|chill>[, {digits}], classical

<calm|moody|romantic>, instrumental, {solo}, {bpmShort}[, {lengthShort}]

midi, {keyShort}, {paced}, {lead}[, no {absent}], <film|study|sleep> music

{digits}, {keyShort}, <baroque|romantic era|modern>[, {only} only][, {lengthShort}]

genre: <classical|jazz|pop>, key: {keyShort}, tempo: {bpmShort}[, length: {lengthShort}]

{waltz}, {lead}, <19th century|elegant|salon>[, {keyShort}][, {paced}]

{solo}, no {absent}, <melancholy|peaceful|dark>, {paced} tempo[, {keyShort}]

{key}, {bpm}, {digits} time, <cinematic|nostalgic|dramatic>

instrumental, no vocals, {bpmShort}, {only} solo, <cozy|rainy day|lofi mood>[, {keyShort}]

{italian}, {keyShort}, <chopin-like|style of satie|neo-classical>, {lead}[, {lengthShort}]

{band}, {digits}, <ballroom|concert hall|living room>[, {bpmShort}][, approx. {lengthShort}]

{lengthShort}, {bpmShort}, <loopable|royalty free|background>[, {lead}]

#{lead} #<sad|relax|love> #instrumental, {keyShort}[, {bpmShort}]

unaccompanied {only}, {meter} time, <expressive|rubato|live recording>[, {keyShort}][, {bpmShort}]

emotional; {keyShort}; tempo {bpmShort}; meter {digits}[; dur. {lengthShort}]
`;
