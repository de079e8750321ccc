"""What tests written for pytest need of it, which the sandbox has not."""


class Raises:
    """Passes when the error that is expected is raised; also called with a function to try."""

    def __init__(self, expected, *call, match=None, **kwargs):
        self.expected = expected
        self.match = match
        if call:
            with self:
                call[0](*call[1:], **kwargs)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is None:
            raise AssertionError("nothing was raised")
        if not issubclass(kind, self.expected):
            return False
        self.type, self.value = kind, value
        if self.match is not None:
            import re

            if not re.search(self.match, str(value)):
                raise AssertionError("what was raised does not match: %s" % value)
        return True


class Approx:
    """Equal to numbers close by, also within lists and mappings."""

    def __init__(self, expected, rel=None, abs=None, nan_ok=False):
        self.expected = expected
        self.limits = (rel, abs, nan_ok)

    def __eq__(self, other):
        expected = self.expected
        if isinstance(expected, dict):
            return isinstance(other, dict) and set(other) == set(expected) and all(self.like(expected[k]) == other[k] for k in expected)
        if isinstance(expected, (list, tuple)):
            return isinstance(other, (list, tuple)) and len(other) == len(expected) and all(map(lambda e, o: self.like(e) == o, expected, other))
        if isinstance(other, Remote) or not isinstance(other, (int, float, complex)) and not hasattr(other, "as_integer_ratio"):
            return expected == other
        rel, least, nan_ok = self.limits
        if expected != expected:
            return nan_ok and other != other
        if rel is None:
            rel = 1e-6 if least is None else 0
        return other == expected or abs(other - expected) <= max(rel * abs(expected), 1e-12 if least is None else least)

    __hash__ = None

    def like(self, value):
        return Approx(value, *self.limits)


class Marks:
    """pytest.mark: parametrize counts, other marks do not."""

    def __getattr__(self, name):
        return self.parametrize if name == "parametrize" else lambda *args, **kwargs: args[0] if args and callable(args[0]) else lambda f: f

    def parametrize(self, names, rows, **more):
        names = [n.strip() for n in names.split(",")] if isinstance(names, str) else list(names)

        def mark(function):
            rows_of = [dict(zip(names, row if len(names) > 1 else [row])) for row in map(plain_row, rows)]
            known = getattr(function, "_lanpo_rows", [{}])
            function._lanpo_rows = [dict(a, **b) for a in known for b in rows_of]
            return function

        return mark


class Row(tuple):
    """pytest.param: values with marks that do not count."""


def plain_row(row):
    return (row[0] if len(row) == 1 else tuple(row)) if isinstance(row, Row) else row


class Captured:
    """The fixture capsys."""

    def __init__(self):
        import io

        sys.stdout, sys.stderr = io.StringIO(), io.StringIO()

    def readouterr(self):
        texts = [stream.getvalue() for stream in (sys.stdout, sys.stderr)]
        self.__init__()
        return Record(None, 0, ("out", "err"), texts)


def stand_in():
    """A module pytest."""
    module = type(sys)("pytest")
    module.raises, module.approx, module.mark = Raises, Approx, Marks()
    module.param = lambda *values, **marks: Row(values)
    module.fixture = fixture
    module.main = lambda *args, **kwargs: 0
    module.fail = fail
    return module


def fixture(function=None, name=None, **kwargs):
    """A mark on a function that makes what a test asks for by its name."""

    def mark(function):
        function._lanpo_fixture = name or function.__name__
        return function

    return mark(function) if function else mark


def is_fixture_function(value):
    return type(value) is type(fixture) and hasattr(value, "_lanpo_fixture")


class Patches:
    """The fixture monkeypatch, for what the tests see."""

    def __init__(self):
        self.before = []

    def setattr(self, target, name, *value, raising=True):
        if isinstance(target, str):
            value = [name]
            module, _, name = target.rpartition(".")
            target = __import__(module, fromlist=["*"])
        self.before.append((target, name, getattr(target, name)))
        setattr(target, name, value[0])

    def undone(self):
        while self.before:
            setattr(*self.before.pop())
        yield


class Fixtures:
    """What the functions marked as fixtures make for one test."""

    def __init__(self, function):
        owner = getattr(function, "__self__", None)
        own = [getattr(owner, name) for name, v in vars(type(owner)).items() if is_fixture_function(v)]
        marked = [v for v in list(function.__globals__.values()) if is_fixture_function(v)] + own
        self.functions = {v._lanpo_fixture: v for v in marked}
        self.functions.update(capsys=Captured, monkeypatch=Patches)
        self.made = {}
        self.open = []

    def get(self, name):
        import inspect

        if name not in self.made:
            function = self.functions[name]
            made = function(**{n: self.get(n) for n in inspect.signature(function).parameters})
            if name == "monkeypatch":
                self.open.append(made.undone())
            if inspect.isgenerator(made):
                self.open.append(made)
                made = next(made)
            self.made[name] = made
        return self.made[name]

    def close(self):
        for one in reversed(self.open):
            next(one, None)


def fail(reason=""):
    raise AssertionError(reason)


def call_test(function, candidate):
    """Calls a function that tests, once for every row that it is marked with."""
    import inspect

    for row in getattr(function, "_lanpo_rows", [{}]):
        arguments = dict(row)
        fixtures = Fixtures(function)
        for name, parameter in inspect.signature(function).parameters.items():
            if name in fixtures.functions and name not in row:
                arguments[name] = fixtures.get(name)
            elif name not in row and parameter.default is parameter.empty and parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
                arguments[name] = candidate()
        try:
            returned = function(**arguments)
            if inspect.iscoroutine(returned):
                import asyncio

                asyncio.run(returned)
        finally:
            fixtures.close()


def call_class(kind, candidate):
    """Calls the methods of a class that test, each on an object of its own."""
    for name in vars(kind):
        if name.startswith("test"):
            one = kind()
            getattr(one, "setup_method", lambda *args: None)(*[None] * takes_method(one))
            call_test(getattr(one, name), candidate)


def takes_method(one):
    code = getattr(getattr(one, "setup_method", None), "__code__", None)
    return 1 if code is not None and code.co_argcount > 1 else 0
