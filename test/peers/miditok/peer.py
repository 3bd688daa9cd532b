"""The real MidiTok, one line of JSON a question. `tokenizer` makes the tokenizer that the questions after it are about."""
import base64
import json
import os
import signal
import sys
import tempfile
import warnings
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path

import miditok
from symusic import Score
from tokenizers import models

warnings.simplefilter("ignore")
# MidiTok's dependencies print, those in Rust without asking Python: answers go out under another descriptor.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
workplace = tempfile.TemporaryDirectory(prefix="miditok-peer-")
FOLDER = Path(workplace.name)
state = {}
# Some files have time shifts by the million: what takes longer than this, in seconds, is no answer.
PATIENCE = 20


def beat_ranges(value):
    return {tuple(map(int, key.split("_"))): res for key, res in value.items()}


def meters(value):
    """Pairs, as objects of JavaScript do not keep their order; `{"from": 1, "to": 4}` is MidiTok's tuple."""
    return {
        denominator: (numerators["from"], numerators["to"]) if isinstance(numerators, dict) else numerators
        for denominator, numerators in value
    }


READ = {
    "beat_res": beat_ranges,
    "beat_res_rest": beat_ranges,
    "time_signature_range": meters,
    "chord_maps": lambda value: {quality: tuple(offsets) for quality, offsets in value.items()},
}


def lose_patience(*_):
    raise TimeoutError(f"no answer within {PATIENCE} s")


signal.signal(signal.SIGALRM, lose_patience)


@contextmanager
def patience():
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)


def refusal(error):
    return {"refused": f"{type(error).__name__}: {error}"[:300]}


def tokenizer(question):
    """Made from options, saved, loaded again: what a user's `tokenizer.json` gives. Or loaded from a saved text."""
    cls = getattr(miditok, question["tokenization"])
    path = FOLDER / "tokenizer.json"
    try:
        if "saved" in question:
            path.write_text(question["saved"])
        else:
            options = {key: READ.get(key, lambda same: same)(value) for key, value in question["options"].items()}
            cls(miditok.TokenizerConfig(**options)).save(path)
        saved = path.read_text()
        state["tokenizer"] = cls(params=path)
    except Exception as error:
        return {**refusal(error), "draft": draft(question)}
    made = state["tokenizer"]
    return {"saved": saved, "short": short(saved), "vocabulary": made.vocab, "single": made.one_token_stream}


def short(saved):
    """The options that are not the defaults, order included; one has another default while there are no programs."""
    standard = {**miditok.TokenizerConfig().to_dict(serialize=True), "one_token_stream_for_programs": None}
    config = json.loads(saved)["config"]
    return json.dumps({key: value for key, value in config.items() if json.dumps(value) != json.dumps(standard[key])})


def draft(question):
    """The file that the tokenizer would have been saved in, had MidiTok not refused to make it."""
    config = miditok.TokenizerConfig().to_dict(serialize=True)
    for name, value in question.get("options", {}).items():
        if name == "time_signature_range":
            value = {
                key: list(range(one["from"], one["to"] + 1)) if isinstance(one, dict) else one for key, one in value
            }
        (config if name in config else config["additional_params"])[name] = value
    versions = {"miditok_version": miditok.constants.CURRENT_MIDITOK_VERSION}
    return json.dumps({"config": config, "tokenization": question["tokenization"], **versions})


def backbone(model, made):
    """The name of a model, or one that a user made over the base tokens: `{"type": "BPE", "fuse_unk": true}`."""
    if isinstance(model, str):
        return model
    options = {key: value for key, value in model.items() if key != "type"}
    if model["type"] in ("BPE", "WordPiece"):
        options["vocab"] = {byte: made.vocab[token] for byte, token in made._vocab_base_byte_to_token.items()}
    if model["type"] == "BPE":
        options["merges"] = []
    return getattr(models, model["type"])(**options)


def train(question):
    """Trains a model over MIDI files; answers as `tokenizer` does."""
    cls = getattr(miditok, question["tokenization"])
    path = FOLDER / "tokenizer.json"
    files = []
    for index, midi in enumerate(question["files"]):
        files.append(FOLDER / f"train-{index}.mid")
        files[-1].write_bytes(base64.b64decode(midi))
    try:
        options = {key: READ.get(key, lambda same: same)(value) for key, value in question["options"].items()}
        made = cls(miditok.TokenizerConfig(**options))
        model = backbone(question["model"], made)
        made.train(question["vocab_size"], model, files_paths=files, **question["arguments"])
        made.save(path)
        state["tokenizer"] = cls(params=path)
    except BaseException as error:  # a panic in Rust is no Exception
        return refusal(error)
    return {"saved": path.read_text(), "vocabulary": made.vocab, "single": made.one_token_stream}


def encode(question):
    return [encode_file(base64.b64decode(midi)) for midi in question["files"]]


def encode_file(midi):
    try:
        score = Score.from_midi(midi)
    except Exception as error:
        return {"unreadable": f"{type(error).__name__}: {error}"[:300]}
    try:
        # A copy, as MidiTok 3.1.0 changes the score that it is given.
        with patience():
            tokens = state["tokenizer"].encode(score.copy())
    except Exception as error:
        return refusal(error)
    return {"streams": [one.ids for one in tokens] if isinstance(tokens, list) else [tokens.ids]}


def decode(question):
    return [decode_streams(streams) for streams in question["sequences"]]


def decode_streams(streams):
    made = state["tokenizer"]
    try:
        with patience():
            return dump(made.decode(deepcopy(streams[0] if made.one_token_stream else streams)))
    except Exception as error:
        return refusal(error)


def again(question):
    return [decode_and_encode(streams) for streams in question["sequences"]]


def decode_and_encode(streams):
    made = state["tokenizer"]
    try:
        with patience():
            tokens = made.encode(made.decode(deepcopy(streams[0] if made.one_token_stream else streams)))
    except Exception as error:
        return refusal(error)
    return {"streams": [one.ids for one in tokens] if isinstance(tokens, list) else [tokens.ids]}


def dump(score):
    return {
        "ticksPerQuarter": score.ticks_per_quarter,
        "tempos": [[one.time, one.mspq] for one in score.tempos],
        "meters": [[one.time, one.numerator, one.denominator] for one in score.time_signatures],
        "keys": [[one.time, one.key, one.tonality] for one in score.key_signatures],
        "tracks": [
            {
                "program": track.program,
                "isDrum": track.is_drum,
                "name": track.name,
                "notes": [[note.time, note.duration, note.pitch, note.velocity] for note in track.notes],
                "controls": [[one.time, one.number, one.value] for one in track.controls],
                "bends": [[one.time, one.value] for one in track.pitch_bends],
                "pedals": [[one.time, one.duration] for one in track.pedals],
            }
            for track in score.tracks
        ],
    }


ANSWERS = {"tokenizer": tokenizer, "train": train, "encode": encode, "decode": decode, "again": again}

for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps(ANSWERS[asked["do"]](asked)), file=answers, flush=True)
