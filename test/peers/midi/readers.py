"""What symusic, mido and pretty_midi read of a MIDI file. A line of base64 in a JSON string in, a JSON object out."""
import base64
import io
import json
import sys
import warnings

import mido
import pretty_midi
import symusic

warnings.simplefilter("ignore")


def by_symusic(data):
    score = symusic.Score.from_midi(data)
    return sorted(
        [note.time, note.duration, note.pitch, note.velocity, track.program, track.is_drum]
        for track in score.tracks
        for note in track.notes
    )


def by_mido(data):
    notes = []
    for track in mido.MidiFile(file=io.BytesIO(data)).tracks:
        tick = 0
        waiting = {}
        for message in track:
            tick += message.time
            if message.type not in ("note_on", "note_off"):
                continue
            key = (message.channel, message.note)
            if message.type == "note_on" and message.velocity > 0:
                waiting.setdefault(key, []).append((tick, message.velocity))
            elif waiting.get(key):
                onset, velocity = waiting[key].pop(0)
                notes.append([onset, tick - onset, message.note, velocity])
    return sorted(notes)


def by_pretty_midi(data):
    midi = pretty_midi.PrettyMIDI(io.BytesIO(data))
    return sorted(
        [midi.time_to_tick(note.start), midi.time_to_tick(note.end) - midi.time_to_tick(note.start), note.pitch, note.velocity]
        for instrument in midi.instruments
        for note in instrument.notes
    )


READERS = {"symusic": by_symusic, "mido": by_mido, "pretty_midi": by_pretty_midi}

for line in sys.stdin:
    data = base64.b64decode(json.loads(line))
    answer = {}
    for name, read in READERS.items():
        try:
            answer[name] = {"notes": read(data)}
        except BaseException as error:  # whatever a reader does with a file is its answer
            answer[name] = {"error": f"{type(error).__name__}: {error}"[:200]}
    print(json.dumps(answer, default=int), flush=True)
