"""Changes scores with symusic alone and tokenizes them with MidiTok. A question is {"tokenizer": file, "cases": [{"file", "transpose", "tempo",
"velocity"}, …]}; the answer has the ids of each case by stream."""
import json
import os
import sys

import miditok
import symusic

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

# Sharps of a major key a semitone up, with as few signs as can be.
def moved_key(sharps, minor, up):
    turned = (sharps + 7 * up) % 12
    return turned - 12 if turned > 6 or (turned == 6 and minor) else turned


def changed(case):
    score = symusic.Score(case["file"])
    if case["transpose"] != 0 or case["velocity"] != 0:
        for track in score.tracks:
            if not track.is_drum:
                track.shift_pitch(case["transpose"], inplace=True)
            for note in track.notes:
                note.velocity = min(127, max(1, note.velocity + case["velocity"]))
    if case["transpose"] % 12 != 0:
        for key in score.key_signatures:
            key.key = moved_key(key.key, key.tonality, case["transpose"])
    if case["tempo"] != 1:
        if len(score.tempos) == 0 or score.tempos[0].time > 0:
            score.tempos.insert(0, symusic.Tempo(0, 120))
        for tempo in score.tempos:
            tempo.mspq = round(tempo.mspq / case["tempo"])
    return score


for line in sys.stdin:
    asked = json.loads(line)
    kind = getattr(miditok, json.loads(open(asked["tokenizer"]).read())["tokenization"])
    tokenizer = kind(params=asked["tokenizer"])
    found = []
    for case in asked["cases"]:
        sequences = tokenizer(changed(case))
        sequences = sequences if isinstance(sequences, list) else [sequences]
        found.append([sequence.ids for sequence in sequences])
    print(json.dumps(found), file=answers, flush=True)
