#!/usr/bin/env python3
"""Takes the first images of the augmentation fixture: a file small enough for the repository.

  subset.py IN_DIR OUT_DIR [COUNT]      needs nothing but Python 3

IN_DIR holds augmentation.json and augmentation.safetensors (albumentations 1.3.1 with OpenCV 4.8.1).
"""
import json, struct, sys

source, target = sys.argv[1:3]
count = int(sys.argv[3]) if len(sys.argv) > 3 else 48

with open(f"{source}/augmentation.safetensors", "rb") as file:
    header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    data = file.read()
header.pop("__metadata__", None)
tensors, chunks, at = {}, [], 0
for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
    begin, end = entry["data_offsets"]
    chunk = data[begin : begin + (end - begin) // entry["shape"][0] * count]
    tensors[name] = dict(
        dtype=entry["dtype"], shape=[count] + entry["shape"][1:], data_offsets=[at, at + len(chunk)]
    )
    chunks.append(chunk)
    at += len(chunk)
text = json.dumps(tensors, separators=(",", ":")).encode()
text += b" " * (-len(text) % 8)
with open(f"{target}/augmentation.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + b"".join(chunks))

fixture = json.load(open(f"{source}/augmentation.json"))
fixture["parameters"] = {name: rows[:count] for name, rows in fixture["parameters"].items()}
json.dump(fixture, open(f"{target}/augmentation.json", "w"), indent=0)
