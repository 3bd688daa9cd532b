/** What people type to a program that makes music. */
export const PROMPTS = `
make me a <sad|sweet|spooky> {lead} piece in {key}[, {digits} please][, make it {length}]

Compose something <dreamy|heroic|like rain on a window> for {solo}, {bpm}[, key of {key}][, {about}]

{paced} {lead} tune, {key}, <ghibli vibes|for my wedding|something my grandma would hum>

I need background music for <a podcast|my video game|a yoga class>: {bpm}, no {absent}[, {key}][, {about}]

write a {waltz} in {key}[ for {lead}][ at {bpm}], <think vienna|old movie feel|make it pretty>

can you do {a pace} one in {digits}?? just {only} and nothing else[. {key}]. <thx|surprise me|make it cry-worthy>

Give me {about} of <moody|hopeful|weird> music, {key}[, around {bpmRounded}][, only {only}]

{key}, {bpm}, <chopin but happier|romantic|epic build-up>, go

Generate {a digits} piece with {band}, <mysterious|gentle on the ears|full of joy>, {length} long[, in {key}]

song about <my dog|leaving home|the sea> - {lead}, {pace} tempo[, {bpmRounded} or so][, {key}]

Please create a <tender|grand|bittersweet> instrumental in {key}. It should last {about}.[ Tempo: {pace}.][ No
{absent}!]

something in the style of {artist}, {bpm}, {solo}[, {meter} time]

continue this in {key}, keep it at {bpm}[, keep the {digits} feel], <less cheesy|more drama at the end>

{solo}. {italian}. {key}. <Nothing fancy.|Lots of feeling.|For a funeral scene.>

want a {lengthy} thing i can study to, {lead}[, {bpm}][, {key}], <zero vocals|no singing|not too cheerful>

not like the last one!! this time {key} and {pace}[, {only} by itself], <more hope|more fog|fewer notes>
`;
