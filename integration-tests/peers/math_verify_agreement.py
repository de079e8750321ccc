"""Agreement of Math-Verify with hand-judged cases, by kind, and its speed.

Arguments: JSONL files with kind, gold, response, right. The summary goes to standard output, the
cases that it judges otherwise to standard error.
"""

import json
import logging
import sys
import time
from collections import Counter
from importlib.metadata import version

from math_verify import parse, verify

logging.disable(logging.CRITICAL)


def judge(gold: str, response: str) -> bool:
    key = parse(f"${gold}$") or parse(gold)
    return bool(verify(key, parse(response)))


def main(files: list[str]) -> None:
    cases = [json.loads(line) for name in files for line in open(name, encoding="utf-8")]
    judge("1", "\\boxed{1}")
    agreed, total = Counter(), Counter()
    wrongly_accepted = wrongly_refused = 0
    begin = time.process_time()
    verdicts = [judge(case["gold"], case["response"]) for case in cases]
    seconds = time.process_time() - begin
    for case, verdict in zip(cases, verdicts, strict=True):
        total[case["kind"]] += 1
        agreed[case["kind"]] += verdict == case["right"]
        wrongly_accepted += verdict and not case["right"]
        wrongly_refused += case["right"] and not verdict
        if verdict != case["right"]:
            print(json.dumps(case, ensure_ascii=False), file=sys.stderr)
    for kind in total:
        print(f"| {kind} | {agreed[kind]} of {total[kind]} |")
    print(
        f"math-verify {version('math-verify')}: {sum(agreed.values())} of {len(cases)} agree,"
        f" {wrongly_accepted} wrongly accepted, {wrongly_refused} wrongly refused,"
        f" {len(cases) / seconds:.0f} cases a second of processor time"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
