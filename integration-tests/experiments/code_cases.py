"""Turns a data set of programming problems into cases for the code verifier, one JSON object a line:
id, key (as the verifier reads it), gold (the reference solution) and wrong, programs that must fail by
kind: empty (every body emptied), constant (always the same answer), other (the solution of the next
problem under the name that is asked for). Nothing of the data is run here.

Argument: a file with one JSON object a line, with tests, solution and, where known, entry_point, setup.
"""
import ast
import json
import re
import sys

CONSTANTS = "None", "0", "1", "-1", "True", "False", "''", "'a'", "[]", "[0]", "()", "{}", "1.0"


class Emptied(ast.NodeTransformer):
    def visit_FunctionDef(self, node):
        node.body = [ast.Pass()]
        return node

    visit_AsyncFunctionDef = visit_FunctionDef


def parsed(solution):
    try:
        return ast.parse(solution)
    except SyntaxError:
        return None


def functions(row):
    tree = parsed(row["solution"])
    return [n.name for n in tree.body if isinstance(n, ast.FunctionDef)] if tree else []


def name(row):
    entry = row.get("entry_point") or (functions(row) or [""])[-1]
    return json.loads(entry)["func_name"] if entry.startswith("{") else entry


def renamed(row, wanted):
    """The solution of another problem, with its function under the wanted name."""
    own = name(row)
    return re.sub(r"\b%s\b" % re.escape(own), wanted, row["solution"]) if own and wanted else row["solution"]


def wrong(row, next_row):
    tree = parsed(row["solution"])
    entry = name(row)
    yield "empty", ast.unparse(Emptied().visit(tree)) if tree and entry else "pass"
    for constant in CONSTANTS:
        yield "constant", "def %s(*args, **more): return %s" % (entry, constant) if entry else "print(%s)" % constant
    yield "other", renamed(next_row, entry)


rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
for row, next_row in zip(rows, rows[1:] + rows[:1]):
    key = {n: row[n] for n in ("tests", "entry_point", "setup") if row.get(n)}
    key["prompt"] = row["problem"]
    case = {
        "id": row["id"],
        "key": json.dumps(key),
        "gold": row["solution"],
        "wrong": [{"kind": kind, "program": program} for kind, program in wrong(row, next_row)],
    }
    print(json.dumps(case))
