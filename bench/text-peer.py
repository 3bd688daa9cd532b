"""Captions to embeddings by onnxruntime in Python, as sentence-transformers does with its ONNX backend: sorted by length, longest first, in batches
of 32, mean over the mask, length 1. Arguments: the model's folder, threads. Each line of stdin, a JSON list of captions, is answered by true."""
import json
import os
import sys

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import numpy as np
import onnxruntime
from tokenizers import Tokenizer

FOLDER, THREADS = sys.argv[1], int(sys.argv[2])
BATCH = 32
tokenizer = Tokenizer.from_file(os.path.join(FOLDER, "tokenizer.json"))
tokenizer.enable_truncation(256)
tokenizer.enable_padding()
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = THREADS
session = onnxruntime.InferenceSession(os.path.join(FOLDER, "onnx", "model.onnx"), options, providers=["CPUExecutionProvider"])


def encode(texts):
    order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
    vectors = [None] * len(texts)
    for start in range(0, len(order), BATCH):
        some = order[start : start + BATCH]
        encodings = tokenizer.encode_batch([texts[at] for at in some])
        feeds = {
            "input_ids": np.array([each.ids for each in encodings], dtype=np.int64),
            "attention_mask": np.array([each.attention_mask for each in encodings], dtype=np.int64),
            "token_type_ids": np.array([each.type_ids for each in encodings], dtype=np.int64),
        }
        states = session.run(["last_hidden_state"], feeds)[0]
        mask = feeds["attention_mask"][:, :, None]
        means = (states * mask).sum(1) / mask.sum(1)
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        for at, vector in zip(some, means):
            vectors[at] = vector
    return vectors


for line in sys.stdin:
    encode(json.loads(line))
    print("true", flush=True)
