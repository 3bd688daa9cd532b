"""Trains MidiTok's own tokenizer. A question is {"tokenizer": file, "model": name, "size": n, "files": […], "others": […],
"ours": file of our tokenizer}; the answer has its model, the ids that it gives the others, and those that it gives them with ours."""
import json
import os
import sys
from pathlib import Path

import miditok
import symusic

# The library draws its progress bar on the standard output itself.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def ids_of(tokenizer, files):
    found = []
    for file in files:
        sequences = tokenizer(symusic.Score(file))
        sequences = sequences if isinstance(sequences, list) else [sequences]
        found.append([sequence.ids for sequence in sequences])
    return found


for line in sys.stdin:
    asked = json.loads(line)
    kind = getattr(miditok, json.loads(Path(asked["tokenizer"]).read_text())["tokenization"])
    theirs = kind(params=asked["tokenizer"])
    theirs.train(vocab_size=asked["size"], model=asked["model"], files_paths=[Path(f) for f in asked["files"]])
    answer = {
        "model": json.loads(theirs._model.to_str()),
        "theirs": ids_of(theirs, asked["others"]),
        "ours": ids_of(kind(params=asked["ours"]), asked["others"]),
    }
    print(json.dumps(answer), file=answers, flush=True)
