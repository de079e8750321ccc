"""Turns a data set of programming problems into cases for the code verifier, one JSON object a line:
id, key (as the verifier reads it), gold (the reference solution) and mutant (the same with the body
of every function emptied). Nothing of the data is run here.

Argument: a file with one JSON object a line, with tests, solution and, where known, entry_point, setup.
"""
import ast
import json
import sys


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


for line in open(sys.argv[1], encoding="utf-8"):
    row = json.loads(line)
    tree = parsed(row["solution"])
    key = {name: row[name] for name in ("tests", "entry_point", "setup") if row.get(name)}
    key["prompt"] = row["problem"]
    case = {
        "id": row["id"],
        "key": json.dumps(key),
        "gold": row["solution"],
        "mutant": ast.unparse(Emptied().visit(tree)) if tree else "",
    }
    print(json.dumps(case))
