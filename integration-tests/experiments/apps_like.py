"""Writes a set of programming problems in the form of APPS, TACO and LiveCodeBench, one JSON object a
line: id, problem, tests, solution and, for those that are functions, entry_point. All of it is made
here; the same argument, a seed, makes the same set.
"""
import contextlib
import io
import json
import random
import sys

# programs that read standard input: what is asked, the solution, how an input is made
PROGRAMS = [
    ("Sum of two numbers", "a, b = map(int, input().split())\nprint(a + b)", lambda r: "%d %d\n" % (n(r), n(r))),
    ("Largest of n numbers", "import sys\nd = sys.stdin.read().split()\nprint(max(map(int, d[1:])))", lambda r: listed(r)),
    ("Sort n numbers", "n = int(input())\nprint(*sorted(map(int, input().split())))", lambda r: listed(r)),
    ("Reverse a line", "print(input()[::-1])", lambda r: word(r) + "\n"),
    ("Mean of n numbers", "n = int(input())\nl = list(map(int, input().split()))\nprint(sum(l) / n)", lambda r: listed(r)),
    ("Circumference", "import math\nprint('%.9f' % (2 * math.pi * float(input())))", lambda r: "%.3f\n" % r.uniform(1, 50)),
    ("Count the words", "import sys\nprint(len(sys.stdin.read().split()))", lambda r: "\n".join(" ".join(word(r) for _ in range(r.randint(1, 4))) for _ in range(3)) + "\n"),
    ("Is it a palindrome", "s = input()\nprint('YES' if s == s[::-1] else 'NO')", lambda r: r.choice([word(r), (lambda w: w + w[::-1])(word(r))]) + "\n"),
    ("Multiplication table", "n = int(input())\nfor i in range(1, n + 1):\n    print(*[i * j for j in range(1, n + 1)])", lambda r: "%d\n" % r.randint(2, 9)),
    ("Queries of a prefix sum", "import sys\ninput = sys.stdin.readline\nn, q = map(int, input().split())\np = [0]\nfor x in map(int, input().split()):\n    p.append(p[-1] + x)\nfor _ in range(q):\n    a, b = map(int, input().split())\n    print(p[b] - p[a - 1])", lambda r: "5 3\n%s\n1 5\n2 3\n4 4\n" % " ".join(str(n(r)) for _ in range(5))),
    ("Shortest way in a grid", "from collections import deque\nh, w = map(int, input().split())\ng = [input() for _ in range(h)]\nd = {(0, 0): 0}\nq = deque(d)\nwhile q:\n    y, x = q.popleft()\n    for v in (y + 1, x), (y, x + 1), (y - 1, x), (y, x - 1):\n        if v not in d and 0 <= v[0] < h and 0 <= v[1] < w and g[v[0]][v[1]] == '.':\n            d[v] = d[y, x] + 1\n            q.append(v)\nprint(d.get((h - 1, w - 1), -1))", lambda r: "4 5\n.%s\n" % "\n".join("".join(r.choice("...#") for _ in range(5 - (i == 0))) for i in range(4))),
    ("Edit distance", "a, b = input(), input()\nd = list(range(len(b) + 1))\nfor i, x in enumerate(a, 1):\n    p, d[0] = d[0], i\n    for j, y in enumerate(b, 1):\n        p, d[j] = d[j], min(d[j] + 1, d[j - 1] + 1, p + (x != y))\nprint(d[-1])", lambda r: word(r) + "\n" + word(r) + "\n"),
    ("Primes up to n", "n = int(input())\nprint(*[p for p in range(2, n + 1) if all(p % q for q in range(2, p))], sep='\\n')", lambda r: "%d\n" % r.randint(3, 60)),
    ("Modular power", "a, b, m = map(int, input().split())\nprint(pow(a, b, m))", lambda r: "%d %d %d\n" % (r.randint(2, 99), r.randint(50, 999), r.randint(5, 10**9))),
    ("Cases until the end of input", "while True:\n    try:\n        a, b = map(int, input().split())\n    except EOFError:\n        break\n    print(a * b)", lambda r: "".join("%d %d\n" % (n(r), n(r)) for _ in range(4))),
    ("Roots of a quadratic equation", "a, b, c = map(float, input().split())\nd = (b * b - 4 * a * c) ** 0.5\nprint((-b - d) / 2 / a, (-b + d) / 2 / a)", lambda r: "1 %d %d\n" % (r.randint(10, 20), r.randint(1, 9))),
]
# functions: what is asked, the solution, how the arguments are made
FUNCTIONS = [
    ("two_sum", "def two_sum(nums, target):\n    return [[i, j] for j in range(len(nums)) for i in range(j) if nums[i] + nums[j] == target][0]", lambda r: (lambda l: [l, l[1] + l[4]])(r.sample(range(1, 99), 6))),
    ("merge", "def merge(a, b):\n    return sorted(a + b)", lambda r: [[n(r) for _ in range(4)], [n(r) for _ in range(3)]]),
    ("caesar", "def caesar(s, k):\n    return ''.join(chr((ord(c) - 97 + k) % 26 + 97) for c in s)", lambda r: [word(r), r.randint(1, 25)]),
    ("transpose", "def transpose(m):\n    return [list(row) for row in zip(*m)]", lambda r: [[[n(r) for _ in range(3)] for _ in range(2)]]),
    ("is_prime", "def is_prime(n):\n    return n > 1 and all(n % d for d in range(2, n))", lambda r: [r.choice([2, 3, 4, 9, 15, 97, 91, 7])]),
    ("mean", "def mean(l):\n    return sum(l) / len(l)", lambda r: [[n(r) for _ in range(r.randint(3, 7))]]),
    ("runs", "from itertools import groupby\ndef runs(s):\n    return [(c, len(list(g))) for c, g in groupby(s)]", lambda r: ["".join(c * r.randint(1, 3) for c in word(r))]),
    ("collatz", "def collatz(n):\n    k = 0\n    while n != 1:\n        n, k = (3 * n + 1 if n % 2 else n // 2), k + 1\n    return k", lambda r: [r.randint(2, 500)]),
    ("flatten", "def flatten(l):\n    return [y for x in l for y in (flatten(x) if isinstance(x, list) else [x])]", lambda r: [[n(r), [n(r), [n(r)]], n(r)]]),
    ("count", "from collections import Counter\ndef count(s):\n    return Counter(s)", lambda r: [word(r)]),
    ("gcd", "def gcd(a, b):\n    return gcd(b, a % b) if b else a", lambda r: [r.randint(1, 99) * 6, r.randint(1, 99) * 6]),
    ("longest", "def longest(words):\n    return max(words, key=len)", lambda r: [[word(r) for _ in range(4)]]),
]
METHOD = "class Solution:\n    def %s(self, nums: List[int], k: int) -> %s:\n        return %s\n"
METHODS = [
    ("rotate", "List[int]", "nums[-k % len(nums):] + nums[:-k % len(nums)]"),
    ("kthLargest", "int", "heapq.nlargest(k, nums)[-1]"),
    ("topFrequent", "List[int]", "[x for x, _ in sorted(Counter(nums).items(), key=lambda e: (-e[1], e[0]))][:k]"),
    ("maxWindow", "List[int]", "[max(nums[i:i + k]) for i in range(len(nums) - k + 1)]"),
]


def n(r):
    return r.randint(-50, 200)


def word(r):
    return "".join(r.choice("abcdefgh") for _ in range(r.randint(4, 9)))


def listed(r):
    numbers = [n(r) for _ in range(r.randint(3, 8))]
    return "%d\n%s\n" % (len(numbers), " ".join(map(str, numbers)))


def printed(program, given):
    out, stdin = io.StringIO(), sys.stdin
    sys.stdin = io.StringIO(given)
    try:
        with contextlib.redirect_stdout(out):
            exec(program, {"__name__": "__main__"})
    finally:
        sys.stdin = stdin
    return out.getvalue()


def defined(program, name):
    names = {}
    exec("from typing import *\nfrom collections import *\nimport heapq\n" + program, names)
    return names[name] if name in names else getattr(names["Solution"](), name)


def rows(r):
    for problem, program, make in PROGRAMS:
        given = [make(r) for _ in range(8)]
        key = {"inputs": given, "outputs": [printed(program, g) for g in given]}
        yield problem, json.dumps(key), program, None
    for name, program, make in FUNCTIONS:
        given = [make(r) for _ in range(8)]
        key = {"fn_name": name, "inputs": given, "outputs": [defined(program, name)(*json.loads(json.dumps(g))) for g in given]}
        yield "Write a function %s." % name, json.dumps(key), program, name
    for name, kind, value in METHODS:
        program = METHOD % (name, kind, value)
        tests = []
        for _ in range(6):
            nums, k = [r.randint(0, 9) for _ in range(9)], r.randint(2, 4)
            result = defined(program, name)(nums, k)
            tests.append({"input": "%s\n%d" % (json.dumps(nums), k), "output": json.dumps(result), "testtype": "functional"})
        yield "Complete the method %s." % name, json.dumps(tests), program, json.dumps({"func_name": name})


if __name__ == "__main__":
    for i, (problem, tests, solution, entry) in enumerate(rows(random.Random(int(sys.argv[1])))):
        row = {"id": "made-%d" % i, "problem": problem, "tests": tests, "solution": solution}
        print(json.dumps(dict(row, entry_point=entry) if entry else row))
