"""Holds the Python package jsonschema against the verdicts of dualcert: judge.py VERDICTS."""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator

root = Path(__file__).resolve().parents[2]
validators = {}
count = {True: 0, False: 0}
disagreements = []
with open(sys.argv[1], encoding="utf-8") as lines:
    for number, line in enumerate(lines, 1):
        told = json.loads(line)
        name = told["standard"]
        if name not in validators:
            schema = json.loads((root / name).read_text(encoding="utf-8"))
            Draft202012Validator.check_schema(schema)
            validators[name] = Draft202012Validator(schema)
        accepted = validators[name].is_valid(told["record"])
        count[accepted] += 1
        if accepted != told["accepted"]:
            disagreements.append(f"{name}, line {number}: accepted {accepted}, dualcert {told['accepted']}")

print(f"jsonschema: {len(validators)} standards, {count[True]} records accepted, {count[False]} refused")
for disagreement in disagreements:
    print(disagreement, file=sys.stderr)
# A run over nothing, or over records of one verdict only, shows nothing.
sys.exit(1 if disagreements or not count[True] or not count[False] else 0)
