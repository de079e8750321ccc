"""The tests: what they are asked to do beyond what is written, and whether they test anything.

A function check(candidate) that nobody calls, as HumanEval has it, functions of pytest and classes of
unittest are called; a comparison that stands for itself is an assertion.
"""

import _ast

ONLY_AST = 0x400  # ast.PyCF_ONLY_AST; the module ast itself takes long to import
# beginnings of methods that end in an error where an answer is wrong
CHECKING = "assert", "expect", "fail", "raises", "exit", "_exit", "main"
# modules by which a test imports the program
PROGRAM_MODULES = "solution", "program", "submission", "candidate"
FUNCTIONS = _ast.FunctionDef, _ast.AsyncFunctionDef
DEFINITIONS = FUNCTIONS + (_ast.ClassDef,)
STATEMENTS = "body", "orelse", "finalbody", "handlers", "cases"


def walk(*nodes):
    todo = list(nodes)
    while todo:
        node = todo.pop()
        yield node
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, _ast.AST):
                todo.append(value)
            elif type(value) is list:
                todo += [v for v in value if isinstance(v, _ast.AST)]


def at(place, made):
    """New nodes where another stands."""
    for node in made if type(made) is list else [made]:
        if isinstance(node, _ast.AST) and not hasattr(node, "lineno"):
            node.lineno, node.col_offset = place.lineno, place.col_offset
            for field in node._fields:
                at(place, getattr(node, field))
    return made


SETTLE = "_lanpo_settle"
NOT_SWALLOWED = "_lanpo_not_swallowed"


def call(name):
    return _ast.Call(_ast.Name(name, _ast.Load()), [], [])


def has(statements, kinds):
    return any(isinstance(node, kinds) for node in walk(*statements))


def not_swallowed():
    """Raises an assertion of the test again that the test itself has caught and only reports."""
    error = sys.exc_info()[1]
    if isinstance(error, AssertionError) and not hasattr(error, "_lanpo_of_program"):
        raise error


KEPT_FIRST = DEFINITIONS + (_ast.Import, _ast.ImportFrom, _ast.Global, _ast.Nonlocal)


def compares(node):
    if isinstance(node, _ast.BoolOp):
        return all(map(compares, node.values))
    return isinstance(node, _ast.Compare) or isinstance(node, _ast.UnaryOp) and isinstance(node.op, _ast.Not)


def rewritten(statements):
    """Statements of which each first takes over what the one before has changed."""
    made = []
    for node in statements:
        if isinstance(node, _ast.Expr) and compares(node.value):
            node = at(node, _ast.Assert(node.value, None))
        if isinstance(node, _ast.Assert) and isinstance(node.test, _ast.Tuple) and node.test.elts:
            # brackets around the test and its message make a tuple, which is always true
            node = at(node, _ast.Assert(node.test.elts[0], node.msg))
        if isinstance(node, _ast.Assert) and isinstance(node.test, _ast.BoolOp):
            node.test.values[1:] = [
                at(v, _ast.BoolOp(_ast.Or(), [call(SETTLE), v])) for v in node.test.values[1:]
            ]
        if isinstance(node, _ast.Try):
            for handler in node.handlers:
                if has(node.body, _ast.Assert) and not has(handler.body, (_ast.Assert, _ast.Raise)):
                    handler.body.insert(0, at(handler, _ast.Expr(call(NOT_SWALLOWED))))
        for field in STATEMENTS:
            inner = getattr(node, field, None)
            if type(inner) is list:
                inner[:] = rewritten(inner)
        plain = isinstance(node, _ast.Expr) and isinstance(node.value, _ast.Constant)
        if isinstance(node, _ast.stmt) and not isinstance(node, KEPT_FIRST) and not plain:
            made.append(at(node, _ast.Expr(call(SETTLE))))
        made.append(node)
    return made


class Text:
    """A text of the tests."""

    def __init__(self, text, name):
        self.tree = compile(text, name, "exec", ONLY_AST)
        self.defined = {n.name: n for n in self.tree.body if isinstance(n, DEFINITIONS)}
        self.tree.body[:] = rewritten(self.tree.body)
        self.done = [n for n in self.tree.body if not isinstance(n, DEFINITIONS)]
        self.code = compile(self.tree, name, "exec")

    def loaded(self):
        return {n.id for n in walk(self.tree) if isinstance(n, _ast.Name) and isinstance(n.ctx, _ast.Load)}

    def checks(self, functions):
        """Whether running it can end in an error that tells of a wrong answer."""
        for node in walk(*self.done):
            if isinstance(node, (_ast.Assert, _ast.Raise)):
                return True
            if isinstance(node, _ast.Call):
                name = getattr(node.func, "id", "")
                method = getattr(node.func, "attr", "")
                if name in functions or name in ("exit", "quit") or method.startswith(CHECKING):
                    return True
        return False

    def has_cases(self):
        """Whether there are classes of unittest."""
        return any(isinstance(n, _ast.ClassDef) and is_case(n) for n in self.defined.values())


class Names(dict):
    """What a test sees: its own names, the entry point, the language, then names of the program."""

    def __init__(self, entry):
        dict.__init__(self, __name__="__main__", __builtins__=builtins)
        self[NOT_SWALLOWED] = not_swallowed
        self.entry = entry

    def attach(self, wire):
        """The program is another process from now on."""
        self.wire = wire
        for name in [n for n, value in self.items() if isinstance(value, Remote)]:
            del self[name]
        self[SETTLE] = wire.settle

    def __missing__(self, name):
        if name != self.entry and hasattr(builtins, name):
            raise KeyError(name)
        value = self.of_program(name)
        self[name] = value
        return value

    def of_program(self, name):
        shared = name in SHARED and name != self.entry
        try:
            value = self.wire.ask("get", name)
        except NameError:
            if name == self.entry:
                return self.method(name)
            if name == "candidate" and self.entry:
                return self.candidate()
            if not shared:
                raise KeyError(name) from None
            value = None
        # a class of that name is what the program has imported from the module
        return value if not shared or isinstance(value, type) else __import__(name, fromlist=["*"])

    def method(self, name):
        """A method of LeetCode's class."""
        try:
            solution = self.wire.ask("get", "Solution")
        except NameError:
            raise KeyError(name) from None
        return getattr(solution(), name)

    def candidate(self):
        """What the entry point names: a function, or Solution().method."""
        return eval(self.entry, self)


class Imported(type(sys)):
    """The program as a module that a test imports."""

    __all__ = ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self._lanpo_names[name]
        except KeyError:
            raise ImportError("cannot import name '%s'" % name) from None


class Fault(Exception):
    """The key is at fault, whatever the program."""


class Tests:
    """Tests that are code."""

    def __init__(self, texts, setup, preamble, entry):
        self.entry = entry
        self.texts = [Text(t, "<test>") for t in texts]
        self.setup = Text(setup, "<setup>")
        for i, text in enumerate(self.texts):
            if not uses(text.code) - {SETTLE, NOT_SWALLOWED}:
                raise Fault("test %d names nothing of the program, so it tells nothing" % (i + 1))
        self.names = Names(entry)
        helpers = {"__name__": "preamble", "__builtins__": builtins}
        exec(compile(preamble, "<preamble>", "exec"), helpers)
        for name, value in helpers.items():
            # a class is the program's own, or its instances could not be handed over
            if not (isinstance(value, type) and value.__module__ == "preamble"):
                self.names.setdefault(name, value)
        everything = self.texts + [self.setup]
        functions = set(helpers).union(*[t.defined for t in everything])
        self.called = self.left_over(everything)
        self.counts = [
            bool(called) or t.checks(functions) or t.has_cases() for called, t in zip(self.called, self.texts)
        ]
        if not any(self.counts):
            raise Fault("no test checks anything of the program, so every program would pass")
        self.cases = Cases() if any("unittest" in uses(t.code) for t in everything) else None
        if any("pytest" in uses(t.code) for t in everything):
            sys.modules.setdefault("pytest", stand_in())
        for module in PROGRAM_MODULES:
            sys.modules[module] = Imported(module)
            sys.modules[module].__dict__["_lanpo_names"] = self.names

    def left_over(self, everything):
        """For every text, the functions and classes that test and that nobody calls."""
        found = [[d for d in t.defined.values() if is_test(d)] for t in self.texts]
        if not any(found):
            return found
        loaded = set().union(*[t.loaded() for t in everything])
        made = {name for t in everything for name, node in t.defined.items() if is_fixture(node)} | {"capsys", "monkeypatch"}
        for node in sum(found, []):
            if isinstance(node, FUNCTIONS) and node.name not in loaded and not self.entry and asks(node, made):
                raise Fault("the test function %s asks for a candidate, and the key names no entry point" % node.name)
        return [[d.name for d in f if d.name not in loaded] for f in found]

    def begin(self, wire):
        """What runs before the tests, with a process of the program."""
        self.names.attach(wire)
        exec(self.setup.code, self.names)
        wire.settle()

    def run(self, i):
        exec(self.texts[i].code, self.names)
        for name in self.called[i]:
            test = self.names[name]
            (call_class if isinstance(test, type) else call_test)(test, self.names.candidate)
        if self.cases:
            self.cases.run(self.names.get(name) for name in self.texts[i].defined)


def is_test(node):
    """Whether it is a function check, or what pytest takes for a test."""
    if isinstance(node, _ast.ClassDef):
        return node.name.startswith("Test") and not is_case(node)
    name = node.name.lower()
    return isinstance(node, FUNCTIONS) and (name == "check" or name.startswith("test")) and not is_fixture(node)


def is_case(node):
    return any((getattr(b, "attr", "") or getattr(b, "id", "")).endswith("TestCase") for b in node.bases)


def is_fixture(node):
    return any(isinstance(n, (_ast.Name, _ast.Attribute)) and "fixture" in (getattr(n, "attr", ""), getattr(n, "id", "")) for n in walk(*node.decorator_list))


def asks(node, made):
    """Whether a function asks for a candidate: for an argument that no mark and no fixture gives."""
    given = len(node.args.defaults) + (1000 if node.decorator_list else 0)
    return len([a for a in node.args.args if a.arg not in made]) > given


class Cases:
    """Runs classes of unittest that nobody has run, and knows whether one has failed."""

    def __init__(self):
        import unittest

        self.kind = unittest.TestCase
        self.loader = unittest.defaultTestLoader
        self.result = unittest.TestResult
        self.ran = set()
        self.failed = []
        original = self.kind.run

        def run(case, result=None):
            self.ran.add(type(case))
            result = result or case.defaultTestResult()
            before = len(result.errors) + len(result.failures) + len(result.unexpectedSuccesses)
            original(case, result)
            if len(result.errors) + len(result.failures) + len(result.unexpectedSuccesses) > before:
                traces = [trace for _, trace in result.errors + result.failures]
                self.failed.append(traces[-1].strip().splitlines()[-1] if traces else "an unexpected success")
            return result

        self.kind.run = run
        unittest.main = lambda *args, **kwargs: None  # which would look for them in the wrong place

    def run(self, classes):
        for case in classes:
            if isinstance(case, type) and issubclass(case, self.kind) and case not in self.ran:
                self.loader.loadTestsFromTestCase(case).run(self.result())
        failed, self.failed = self.failed, []
        if failed:
            raise AssertionError(failed[0])


class Calls:
    """Tests that are arguments of the entry point and what it may return, as JSON."""

    def __init__(self, texts, setup, preamble, entry, tolerance):
        import json

        if not entry:
            raise Fault("the tests call a function, and the key names no entry point")
        self.names = Names(entry)
        self.setup = Text(setup, "<setup>")
        self.pairs = [(json.loads(a), json.loads(b)) for a, b in zip(texts[::2], texts[1::2])]
        self.counts = [True] * len(self.pairs)
        self.tolerance = tolerance

    def begin(self, wire):
        self.names.attach(wire)
        exec(self.setup.code, self.names)

    def run(self, i):
        arguments, results = self.pairs[i]
        found = listed(self.names.candidate()(*arguments))
        if not any(close(found, result, self.tolerance) for result in results):
            raise AssertionError("returned %r" % (found,))


def listed(value):
    """As JSON would have it."""
    if isinstance(value, (tuple, list)):
        return [listed(v) for v in value]
    if isinstance(value, dict):
        return {str(k): listed(v) for k, v in value.items()}
    return value


def close(found, expected, tolerance):
    if type(expected) is list:
        return type(found) is list and len(found) == len(expected) and all(close(f, e, tolerance) for f, e in zip(found, expected))
    if type(expected) is dict:
        return type(found) is dict and set(found) == set(expected) and all(close(found[k], expected[k], tolerance) for k in expected)
    if type(expected) is float and type(found) in (int, float):
        return found == expected or abs(found - expected) <= tolerance * max(1, abs(expected))
    return type(found) is not Remote and found == expected


def uses(code):
    """All names in code."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, type(code)):
            names |= uses(constant)
    return names


def judge_calls(tests, start, host, stop):
    """Runs tests, with a new process of the program where one has ended."""
    wire = start()
    why = load(wire)
    if why:
        return host.say("LOAD", short(why))
    host.say("LOADED")
    asked = 0
    trouble = begin(tests, wire)
    first = trouble
    for i in range(len(tests.counts)):
        if wire.gone:
            asked += wire.asked
            wire.close()
            wire = start()
            trouble = load(wire) or begin(tests, wire)
        why = trouble or run(tests, i, wire)
        first = first or why
        if why:
            host.say("FAIL", i, short(why))
            if stop:
                break
        else:
            host.say("PASS" if tests.counts[i] else "SKIP", i)
    if asked + wire.asked == 0:
        host.say("FAULT", short("no test has asked the program anything" + (" before this: " + first if first else "")))
    host.say("DONE")


def run(tests, i, wire):
    """Why a test fails; nothing when it passes."""
    wire.begin()
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    why = None
    try:
        tests.run(i)
    except BaseException as error:
        why = describe(error)
    return str(wire.gone) if wire.gone else wire.lie or why


def load(wire):
    """Why the program does not run; nothing when it does."""
    wire.begin()
    try:
        wire.answer()
    except Gone as gone:
        return wire.why(gone)
    except BaseException as error:
        return describe(error)


def begin(tests, wire):
    wire.begin()
    try:
        tests.begin(wire)
    except BaseException as error:
        return "in the setup of the tests, " + (str(wire.gone) if wire.gone else describe(error))
