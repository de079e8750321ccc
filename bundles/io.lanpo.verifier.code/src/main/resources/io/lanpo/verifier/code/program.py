"""The program's end: runs the program and does what the judge asks of it.

A response in the form of LeetCode, a class Solution without imports, finds the names that LeetCode
has there for it.
"""
import io

UNARY = frozenset("len str repr bool float int complex abs hash iter next round dir".split())
# names that are there for a class Solution, and their modules
LEETCODE = {
    name: module
    for module, names in {
        "typing": "Any Callable Deque Dict Iterable Iterator List Optional Set Tuple Union",
        "collections": "Counter OrderedDict defaultdict deque namedtuple",
        "functools": "cache cmp_to_key lru_cache reduce",
        "itertools": "accumulate chain combinations count cycle groupby pairwise permutations product zip_longest",
        "math": "ceil comb factorial floor gcd inf isqrt lcm log log2 perm sqrt",
        "heapq": "heapify heappop heappush heappushpop heapreplace nlargest nsmallest",
        "bisect": "bisect_left bisect_right insort",
        "operator": "itemgetter xor",
        "string": "ascii_lowercase ascii_uppercase",
        "": "bisect collections functools heapq itertools math operator random re string sys typing",
    }.items()
    for name in names.split()
}
PRINTED = 1 << 20  # bytes of what a call prints that a test can see


class Printed(io.RawIOBase):
    """What the program prints, kept for a test that looks at it, up to a length."""

    def __init__(self):
        self.kept = bytearray()
        self.text = io.TextIOWrapper(self, "utf-8", "backslashreplace", write_through=True)

    def writable(self):
        return True

    def write(self, data):
        self.kept += bytes(data)[: PRINTED - len(self.kept)]
        return len(data)

    def take(self):
        text = self.kept.decode("utf-8", "replace")
        self.kept.clear()
        return text


class Callback:
    """A function of a test, as the program sees it."""

    def __init__(self, wire, number, name, doc):
        self._wire = wire
        self._number = number
        self.__doc__ = doc
        if name:
            self.__name__ = self.__qualname__ = name

    def __call__(self, *args, **kwargs):
        self._wire.send("c", self._number, args, kwargs)
        answer = self._wire.serve()
        if answer[0] == "v":
            return answer[1]
        raise error_of(answer[1], answer[2])


def error_of(name, arguments):
    """An error that a function of a test has raised."""
    kind = getattr(builtins, name, None) or type(name, (Exception,), {})
    try:
        return kind(*arguments)
    except Exception:
        return kind.__new__(kind, *arguments)


class ProgramEnd(Wire):
    def __init__(self, incoming, outgoing, names):
        Wire.__init__(self, incoming, outgoing)
        self.names = names
        self.printed = Printed()
        self.kept = []
        self.numbers = {}

    def number(self, value):
        """The number by which the judge speaks of an object."""
        number = self.numbers.setdefault(id(value), len(self.kept))
        if number == len(self.kept):
            self.kept.append(value)
        return number

    def stays(self, kind):
        return kind.__module__ == "program" and any(
            callable(member) and not name.startswith("_")
            for base in kind.__mro__
            if base.__module__ == "program"
            for name, member in vars(base).items()
        )

    def shared_name(self, value, kind):
        name = (value.__module__, value.__name__) if isinstance(value, type) else None
        return name if name in HARMLESS and self.find(*name) is value else None

    def encode_record(self, value, parts, depth):
        parts.append("n%x;" % self.number(value))
        self.encode((tuple(type(value)._fields), tuple(tuple.__iter__(value))), parts, depth - 1)

    def encode_other(self, value, parts, depth):
        if isinstance(value, type) and issubclass(value, BaseException):
            parts.append("x0;")
            self.encode([k.__name__ for k in value.__mro__], parts, depth - 1)
            return
        if isinstance(value, Callback):
            parts.append("f%x;" % value._number)
            return
        parts.append("h%x;" % self.number(value))
        self.encode(type(value).__name__, parts, depth - 1)

    def find(self, module, name):
        found = __import__(module, fromlist=["*"])
        return getattr(found, name) if name else found

    def decode_other(self, mark, number, text, at, depth):
        if mark == "h":
            return self.kept[number], at
        if mark == "f":
            (name, doc), at = self.decode(text, at, depth - 1)
            return Callback(self, number, name, doc), at
        raise ValueError(mark)

    def serve(self):
        """Answers calls until an answer to a call of its own arrives."""
        while True:
            message = self.receive()
            if message[0] in "va":
                return message
            try:
                answer = ("v", self.perform(*message))
                self.tell_printed()
                self.send(*answer)
            except Gone:
                os._exit(0)
            except BaseException as error:
                self.tell_printed()
                self.tell(error)

    def tell(self, error):
        names = [k.__name__ for k in type(error).__mro__]
        try:
            self.send("e", names, tuple(error.args), dict(vars(error)))
        except Gone:
            os._exit(0)
        except BaseException:
            self.send("e", names, (short(describe(error)),), {})

    def tell_printed(self):
        if self.printed.kept:
            self.send("p", self.printed.take())

    def perform(self, what, *args):
        if what == "get":
            if args[0] not in self.names:
                raise NameError("name '%s' is not defined" % args[0])
            return self.names[args[0]]
        if what == "call":
            return self.call(*args)
        if what == "attr":
            return getattr(*args)
        if what == "setattr":
            return setattr(*args)
        if what == "delattr":
            return delattr(*args)
        if what == "item":
            return args[0][args[1]]
        if what == "setitem":
            args[0][args[1]] = args[2]
            return None
        if what == "delitem":
            del args[0][args[1]]
            return None
        if what == "isinstance":
            return isinstance(*args)
        if what == "take":
            # some of what an iterator has left: fewer than asked for at its end
            return [item for _, item in zip(range(args[1]), args[0])]
        if what == "exit":
            error = error_of(*args[1:]) if args[1] else None
            return args[0].__exit__(type(error) if error else None, error, None)
        if what == "await":
            import asyncio

            return asyncio.run(args[0])
        if what in UNARY:
            return getattr(builtins, what)(*args)
        import operator

        return getattr(operator, "__%s__" % what)(*args)

    def call(self, function, args, kwargs, given):
        """What a function returns, and those arguments that it has changed."""
        arguments = [a for a in list(args) + list(kwargs.values()) if type(a) in MUTABLE]
        before = [self.text(a) for a in arguments]
        own = builtins.input
        builtins.input = given or own
        try:
            result = function(*args, **kwargs)
        finally:
            builtins.input = own
        return (result, [a if self.text(a) != b else None for a, b in zip(arguments, before)])

    def text(self, value):
        parts = []
        self.encode(value, parts, DEEPEST)
        return "".join(parts)


def lay_out(program, code, names):
    """Puts there what a class Solution may take for granted."""
    if "class Solution" not in program:
        return
    used, todo = set(), [code]
    while todo:
        part = todo.pop()
        used.update(part.co_names)
        todo += [c for c in part.co_consts if isinstance(c, type(code))]
    for name in used & set(LEETCODE):
        try:
            module = __import__(LEETCODE[name] or name, fromlist=["*"])
            names.setdefault(name, getattr(module, name) if LEETCODE[name] else module)
        except (ImportError, AttributeError):
            pass  # a name of a later Python


def run_program(incoming, outgoing):
    preamble, program = [read_message(incoming).decode("utf-8", "surrogatepass") for _ in range(2)]
    import _sitebuiltins

    for name in "exit", "quit":
        setattr(builtins, name, _sitebuiltins.Quitter(name, ""))
    module = type(sys)("program")
    sys.modules["program"] = module
    wire = ProgramEnd(incoming, outgoing, module.__dict__)
    sys.stdout = wire.printed.text
    try:
        exec(compile(preamble, "<preamble>", "exec"), module.__dict__)
        code = compile(program, "<program>", "exec")
        lay_out(program, code, module.__dict__)
        exec(code, module.__dict__)
        wire.printed.take()
        wire.send("v", None)
    except BaseException as error:
        wire.tell(error)
    wire.serve()
