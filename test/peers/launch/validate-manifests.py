"""Holds each manifest (a line of JSON: the text of a YAML document) against the schema of its Kubernetes version, strictly."""
import json
import sys

import kubernetes_validate
import yaml


def answer(question):
    document = yaml.safe_load(question["text"])
    problems = []
    for version in question["versions"]:
        try:
            kubernetes_validate.validate(document, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            problems.append(f"{version}: {'/'.join(map(str, error.path))}: {error.message}")
    return {"document": document, "problems": problems}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
