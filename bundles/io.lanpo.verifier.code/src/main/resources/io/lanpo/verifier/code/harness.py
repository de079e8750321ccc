"""Runs a program against tests that it can neither read nor answer for.

Two processes. The judge holds the tests and the way out; the program lives in a child that was
forked before the tests were read, and has one pipe in and one pipe out. A test calls the program by
messages; what comes back is plain data, or a reference to an object that stays with the program.
Comparisons happen in the judge, so an object that claims to equal everything equals nothing.

Messages from the host on standard input, each behind its length in four bytes: kind, preamble,
program, command, longest output in bytes; then a secret word, entry point, setup, number of tests
and the tests; an exchange counts as two, input and output. Lines to the host on
standard output, each behind the secret word: LOAD why, FAULT why, PASS i, FAIL i why, DONE.
"""
import _signal
import builtins
import os
import sys
from time import sleep

SIGXCPU = 24
LONGEST = 1 << 23  # bytes of a message
DEEPEST = 100  # levels of nested containers
SHOWN = 200  # characters of a reason
PEEKED = "collections", "datetime", "decimal", "fractions", "array"
SHARED = frozenset(
    "array bisect calendar cmath collections collections.abc copy datetime decimal fractions functools"
    " heapq itertools json math numbers operator random re statistics string time typing".split()
)
UNARY = frozenset("len str repr bool float int complex abs hash iter next reversed round dir".split())
BINARY = "eq ne lt le gt ge add sub mul truediv floordiv mod pow and or xor matmul lshift rshift".split()


class Gone(BaseException):
    """The program's process has ended or talks nonsense."""


ENDED = "the program ended its own process"


def read_exactly(fd, size):
    parts = []
    while size:
        part = os.read(fd, min(size, 1 << 16))
        if not part:
            raise Gone(ENDED)
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def read_message(fd):
    size = int.from_bytes(read_exactly(fd, 4), "big")
    if size > LONGEST:
        raise Gone("the program answered with more than %d MB" % (LONGEST >> 20))
    return read_exactly(fd, size)


def write_message(fd, data):
    data = memoryview(len(data).to_bytes(4, "big") + data)
    while data:
        try:
            data = data[os.write(fd, data) :]
        except BrokenPipeError:
            raise Gone(ENDED) from None


def short(text):
    text = text.encode("unicode_escape", "backslashreplace").decode("ascii")
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."


def describe(error):
    try:
        text = str(error)
    except BaseException:
        text = ""
    return type(error).__name__ + (": " + text if text else "")


class Wire:
    """Values as text, and calls in both directions; one end in each process."""

    def __init__(self, incoming, outgoing):
        self.incoming = incoming
        self.outgoing = outgoing

    def send(self, *message):
        parts = []
        self.encode(message, parts, DEEPEST)
        text = "".join(parts).encode("utf-8", "surrogatepass")
        if len(text) > LONGEST:
            raise ValueError("a value of more than %d MB" % (LONGEST >> 20))
        write_message(self.outgoing, text)

    def receive(self):
        try:
            text = read_message(self.incoming).decode("utf-8", "surrogatepass")
            value, end = self.decode(text, 0, DEEPEST)
        except (ValueError, IndexError, TypeError, AttributeError, KeyError, RecursionError, OverflowError) as error:
            raise Gone("the program sent what is no message (%s)" % type(error).__name__) from None
        if end != len(text) or not isinstance(value, tuple) or not value:
            raise Gone("the program sent what is no message")
        return value

    def encode(self, value, parts, depth):
        if depth == 0:
            raise ValueError("a value nested more than %d deep" % DEEPEST)
        kind = type(value)
        if value is None:
            parts.append("N")
        elif value is NotImplemented or value is Ellipsis:
            parts.append("U" if value is NotImplemented else "E")
        elif kind is bool:
            parts.append("T" if value else "F")
        elif isinstance(value, int):
            parts.append("i%x;" % int.__int__(value))
        elif isinstance(value, float):
            parts.append("d%s;" % float.hex(float.__float__(value)))
        elif isinstance(value, complex):
            parts.append("c%s;%s;" % (float.hex(value.real), float.hex(value.imag)))
        elif isinstance(value, str):
            text = str.__str__(value)
            parts.append("s%x;%s" % (len(text), text))
        elif isinstance(value, (bytes, bytearray)):
            parts.append("%s%x;%s" % ("b" if isinstance(value, bytes) else "B", 2 * len(value), bytes(value).hex()))
        elif isinstance(value, dict):
            items = list(dict.items(value))
            parts.append("D%x;" % len(items))
            for pair in items:
                self.encode(pair[0], parts, depth - 1)
                self.encode(pair[1], parts, depth - 1)
        elif isinstance(value, (tuple, list, set, frozenset)):
            mark, base = next(m for m in (("t", tuple), ("l", list), ("S", set), ("Z", frozenset)) if isinstance(value, m[1]))
            items = list(base.__iter__(value))
            parts.append("%s%x;" % (mark, len(items)))
            for item in items:
                self.encode(item, parts, depth - 1)
        elif kind is range:
            parts.append("r")
            self.encode((value.start, value.stop, value.step), parts, depth - 1)
        elif kind is type(sys) and value.__name__ in SHARED:
            self.shared(value.__name__, "", parts, depth)
        elif self.is_shared(value, kind):
            self.shared(value.__module__, value.__name__, parts, depth)
        elif kind.__module__ in PEEKED and self.rebuilds(kind):
            self.rebuilt(value, kind, parts, depth)
        else:
            self.encode_other(value, parts, depth)

    def is_shared(self, value, kind):
        """Whether both ends know it by name: a class or function of the language or its library."""
        if kind is not type and kind not in (type(len), type(short)):
            return False
        module, name = getattr(value, "__module__", None), getattr(value, "__name__", "")
        home = builtins if module == "builtins" else sys.modules.get(module) if module in SHARED else None
        return home is not None and getattr(home, name, None) is value

    def shared(self, module, name, parts, depth):
        parts.append("g")
        self.encode((module, name), parts, depth - 1)

    def rebuilds(self, kind):
        return (kind.__module__, kind.__name__) in REBUILT

    def rebuilt(self, value, kind, parts, depth):
        parts.append("p")
        arguments = REBUILT[kind.__module__, kind.__name__](value)
        self.encode((kind.__module__, kind.__name__) + arguments, parts, depth - 1)

    def encode_other(self, value, parts, depth):
        raise TypeError("a value of type " + type(value).__name__)

    def decode(self, text, at, depth):
        if depth == 0:
            raise ValueError("nested too deep")
        mark = text[at]
        at += 1
        if mark in "NTFUE":
            return {"N": None, "T": True, "F": False, "U": NotImplemented, "E": Ellipsis}[mark], at
        if mark in "rgp":
            what, at = self.decode(text, at, depth - 1)
            return (range(*what) if mark == "r" else self.find(*what)), at
        end = text.index(";", at)
        head = text[at:end]
        at = end + 1
        if mark == "i":
            return int(head, 16), at
        if mark == "d":
            return float.fromhex(head), at
        if mark == "c":
            end = text.index(";", at)
            return complex(float.fromhex(head), float.fromhex(text[at:end])), end + 1
        size = int(head, 16)
        if size < 0 or size > len(text):
            raise ValueError("size")
        if mark in "sbB":
            content = text[at : at + size]
            if len(content) != size:
                raise ValueError("size")
            made = content if mark == "s" else bytes.fromhex(content)
            return (bytearray(made) if mark == "B" else made), at + size
        if mark in "tlSZD":
            items = []
            for _ in range(size * 2 if mark == "D" else size):
                item, at = self.decode(text, at, depth - 1)
                items.append(item)
            if mark == "D":
                return dict(zip(items[::2], items[1::2])), at
            return {"t": tuple, "l": list, "S": set, "Z": frozenset}[mark](items), at
        return self.decode_other(mark, size, text, at, depth)

    def find(self, module, name, *arguments):
        if module != "builtins" and module not in SHARED:
            raise ValueError(module)
        found = __import__(module, fromlist=["*"])
        if name:
            found = getattr(found, name)
        if arguments:
            if not (module, name) in REBUILT:
                raise ValueError(name)
            found = found(*arguments)
        return found

    def decode_other(self, mark, number, text, at, depth):
        raise ValueError(mark)


REBUILT = {
    ("collections", "deque"): lambda v: (list(v), v.maxlen),
    ("datetime", "date"): lambda v: (v.year, v.month, v.day),
    ("datetime", "datetime"): lambda v: (v.year, v.month, v.day, v.hour, v.minute, v.second, v.microsecond),
    ("datetime", "time"): lambda v: (v.hour, v.minute, v.second, v.microsecond),
    ("datetime", "timedelta"): lambda v: (v.days, v.seconds, v.microseconds),
    ("decimal", "Decimal"): lambda v: (str(v),),
    ("fractions", "Fraction"): lambda v: (v.numerator, v.denominator),
    ("array", "array"): lambda v: (v.typecode, v.tolist()),
}

# ---------------------------------------------------------------------------------- the program


class Callback:
    """A function of a test, as the program sees it."""

    def __init__(self, wire, number):
        self._wire = wire
        self._number = number

    def __call__(self, *args, **kwargs):
        self._wire.send("c", self._number, args, kwargs)
        answer = self._wire.serve()
        if answer[0] == "v":
            return answer[1]
        raise getattr(builtins, answer[1], RuntimeError)(answer[2])


class ProgramEnd(Wire):
    def __init__(self, incoming, outgoing, names):
        Wire.__init__(self, incoming, outgoing)
        self.names = names
        self.kept = []
        self.numbers = {}

    def encode_other(self, value, parts, depth):
        if isinstance(value, type) and issubclass(value, BaseException):
            parts.append("x0;")
            self.encode([k.__name__ for k in value.__mro__], parts, depth - 1)
            return
        number = self.numbers.setdefault(id(value), len(self.kept))
        if number == len(self.kept):
            self.kept.append(value)
        parts.append("h%x;" % number)
        self.encode(type(value).__name__, parts, depth - 1)

    def decode_other(self, mark, number, text, at, depth):
        if mark == "h":
            return self.kept[number], at
        if mark == "f":
            return Callback(self, number), at
        raise ValueError(mark)

    def serve(self):
        """Answers calls until an answer to a call of its own arrives."""
        while True:
            message = self.receive()
            if message[0] in "va":
                return message
            try:
                answer = ("v", self.perform(*message))
                self.send(*answer)
            except Gone:
                os._exit(0)
            except BaseException as error:
                self.send("e", [k.__name__ for k in type(error).__mro__], short(describe(error)))

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
        if what == "item":
            return args[0][args[1]]
        if what == "setitem":
            args[0][args[1]] = args[2]
            return None
        if what == "isinstance":
            return isinstance(*args)
        if what in UNARY:
            return getattr(builtins, what)(*args)
        import operator

        return getattr(operator, "__%s__" % what)(*args)

    def call(self, function, args, kwargs):
        result = function(*args, **kwargs)
        # a function that returns nothing is judged by what it did to its arguments
        changed = [a for a in args if type(a) in (list, dict, set, bytearray)] if result is None else []
        return (result, changed)


def run_program(incoming, outgoing, preamble, program):
    module = type(sys)("program")
    sys.modules["program"] = module
    wire = ProgramEnd(incoming, outgoing, module.__dict__)
    try:
        for name, text in ("preamble", preamble), ("program", program):
            exec(compile(text, "<%s>" % name, "exec"), module.__dict__)
        wire.send("v", None)
    except BaseException as error:
        wire.send("e", [type(error).__name__], short(describe(error)))
    wire.serve()


# ------------------------------------------------------------------------------------ the judge


class Remote:
    """An object that lives with the program. Equal to itself only, whatever the program says."""

    __slots__ = "_wire", "_number", "_kind"

    def __init__(self, wire, number, kind):
        object.__setattr__(self, "_wire", wire)
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_kind", kind)

    def __call__(self, *args, **kwargs):
        result, changed = self._wire.ask("call", self, args, kwargs)
        if result is not None:
            return result
        for mine, new in zip([a for a in args if type(a) in (list, dict, set, bytearray)], changed):
            if type(mine) is type(new):
                mine.clear()
                (mine.extend if isinstance(mine, (list, bytearray)) else mine.update)(new)
        return None

    def __getattr__(self, name):
        return self._wire.ask("attr", self, name)

    def __setattr__(self, name, value):
        self._wire.ask("setattr", self, name, value)

    def __getitem__(self, key):
        return self._wire.ask("item", self, key)

    def __setitem__(self, key, value):
        self._wire.ask("setitem", self, key, value)

    def __contains__(self, item):
        return any(item is other or item == other for other in self)

    def __instancecheck__(self, other):
        return isinstance(other, Remote) and bool(self._wire.ask("isinstance", other, self))

    def __hash__(self):
        return hash(("remote", self._number))


def _forwarded(name):
    def method(self, *args):
        return self._wire.ask(name, self, *args)

    return method


def _between_remotes(name):
    # never with a value of the test: an operator of the program could make anything of it
    def method(self, other):
        return self._wire.ask(name, self, other) if isinstance(other, Remote) else NotImplemented

    return method


for _name in UNARY - {"hash"}:
    setattr(Remote, "__%s__" % _name, _forwarded(_name))
for _name in BINARY:
    setattr(Remote, "__%s__" % _name, _between_remotes(_name))


class JudgeEnd(Wire):
    def __init__(self, incoming, outgoing, child):
        Wire.__init__(self, incoming, outgoing)
        self.child = child
        self.functions = []
        self.errors = {}
        self.gone = None

    def encode_other(self, value, parts, depth):
        if isinstance(value, Remote):
            parts.append("h%x;" % value._number)
        elif callable(value):
            parts.append("f%x;" % len(self.functions))
            self.functions.append(value)
        else:
            raise TypeError("a test passes a value of type %s, which no message can carry" % type(value).__name__)

    def decode_other(self, mark, number, text, at, depth):
        what, at = self.decode(text, at, depth - 1)
        if mark == "h" and isinstance(what, str):
            return Remote(self, number, what), at
        if mark == "x" and isinstance(what, list):
            return self.error(what), at
        raise ValueError(mark)

    def error(self, names):
        """The exception class for the names of a class of the program and its ancestors."""
        base = Exception
        for name in names:
            known = getattr(builtins, name, None) if isinstance(name, str) else None
            if isinstance(known, type) and issubclass(known, Exception):
                base = known
                break
        if names[0] == base.__name__:
            return base
        return self.errors.setdefault(str(names[0]), type(str(names[0]), (base,), {}))

    def ask(self, *message):
        if self.gone:
            raise self.gone
        try:
            self.send(*message)
            return self.answer()
        except Gone as gone:
            self.gone = gone
            raise

    def why(self, gone):
        """How the program's process ended, where it did."""
        if str(gone) != ENDED:
            return str(gone)
        for _ in range(20):
            child, code = os.waitpid(self.child, os.WNOHANG)
            if child:
                return died(code) or ENDED
            sleep(0.005)
        return ENDED

    def answer(self):
        while True:
            message = self.receive()
            if message[0] == "v" and len(message) == 2:
                return False if message[1] is NotImplemented else message[1]
            if message[0] == "e" and len(message) == 3 and message[1]:
                kind = self.error(message[1])
                try:
                    made = kind(message[2])
                except TypeError:
                    made = RuntimeError(message[2])
                raise made
            if message[0] != "c" or len(message) != 4 or message[1] not in range(len(self.functions)):
                raise Gone("the program sent what is no message")
            try:
                self.send("v", self.functions[message[1]](*message[2], **message[3]))
            except Exception as error:
                self.send("a", type(error).__name__, short(describe(error)))


class Names(dict):
    """What a test sees: its own names, the entry point, the language, then names of the program."""

    def __init__(self, wire, entry):
        dict.__init__(self, __name__="tests", __builtins__=builtins)
        self.wire = wire
        self.entry = entry

    def __missing__(self, name):
        if name != self.entry and hasattr(builtins, name):
            raise KeyError(name)
        try:
            value = self.wire.ask("get", name)
        except NameError:
            if name not in SHARED:
                raise KeyError(name) from None
            value = None
        if name != self.entry and name in SHARED and not self.of_library(value):
            value = __import__(name, fromlist=["*"])
        self[name] = value
        return value

    def of_library(self, value):
        return not isinstance(value, Remote) and getattr(value, "__module__", getattr(value, "__name__", "")) in SHARED


class Host:
    def __init__(self, fd, word):
        self.fd = fd
        self.word = word

    def say(self, *what):
        line = " ".join([self.word] + [str(w) for w in what]) + "\n"
        data = line.encode("utf-8", "backslashreplace")
        while data:
            data = data[os.write(self.fd, data) :]


def uses_names(code):
    return bool(code.co_names) or any(uses_names(c) for c in code.co_consts if isinstance(c, type(code)))


def judge_calls(wire, read, host_fd, preamble):
    host = Host(host_fd, read())
    entry, setup = read(), read()
    tests = [read() for _ in range(int(read()))]
    names = Names(wire, entry)
    try:
        code = [compile(t, "<test>", "exec") for t in tests]
        for i, test in enumerate(code):
            if not uses_names(test):
                raise ValueError("test %d names nothing of the program, so it tells nothing" % (i + 1))
        setup = compile(setup, "<setup>", "exec")
        helpers = {"__name__": "preamble", "__builtins__": builtins}
        exec(compile(preamble, "<preamble>", "exec"), helpers)
    except BaseException as error:
        return host.say("FAULT", short(describe(error)))
    try:
        wire.answer()
    except Gone as gone:
        return host.say("LOAD", short(wire.why(gone)))
    except BaseException as error:
        return host.say("LOAD", short(str(error) or describe(error)))
    for name, value in helpers.items():
        # a class is the program's own, or its instances could not be handed over
        if not (isinstance(value, type) and value.__module__ == "preamble"):
            names.setdefault(name, value)
    trouble = fate = None
    try:
        exec(setup, names)
    except BaseException as error:
        trouble = "in the setup of the tests, " + describe(error)
    for i, test in enumerate(code):
        why = trouble
        try:
            if not why:
                exec(test, names)
        except BaseException as error:
            why = describe(error)
        if wire.gone and not fate:
            fate = wire.why(wire.gone)
        why = fate or why
        if why:
            host.say("FAIL", i, short(why))
        else:
            host.say("PASS", i)
    host.say("DONE")


def judge_exchanges(read, host_fd, program, command, longest):
    host = Host(host_fd, read())
    read(), read()
    tests = [read() for _ in range(int(read()))]
    for i in range(0, len(tests), 2):
        printed, code = exchange(command.split("\n") + [program], tests[i], longest)
        if len(printed) > longest:
            why = "printed more than %d bytes" % longest
        elif code:
            why = died(code)
        elif lines(printed.decode("utf-8", "replace")) != lines(tests[i + 1]):
            why = "printed " + repr(printed[:SHOWN].decode("utf-8", "replace"))
        else:
            why = None
        if why:
            host.say("FAIL", i // 2, short(why))
        else:
            host.say("PASS", i // 2)
    host.say("DONE")


def died(code):
    """How a process ended, from its status; none when it ended well."""
    if code & 127 == SIGXCPU:
        return "the program used up its processor time"
    if code & 127:
        return "the program was ended by signal %d" % (code & 127)
    return "the program ended with exit code %d" % (code >> 8) if code else None


def lines(text):
    return [line.rstrip() for line in text.rstrip().splitlines()]


def exchange(command, given, longest):
    """What a command prints when it is given a text on standard input, and how it ended."""
    from select import select

    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.dup2(theirs_in, 0)
            os.dup2(theirs_out, 1)
            os.execv(command[0], command)
        finally:
            os._exit(127)
    os.close(theirs_in)
    os.close(theirs_out)
    os.set_blocking(ours_out, False)
    left = memoryview(given.encode("utf-8", "surrogatepass"))
    printed = bytearray()
    writing = [ours_out]
    while len(printed) <= longest:
        readable, writable, _ = select([ours_in], writing, [])
        if writable:
            try:
                left = left[os.write(ours_out, left) :] if left else left
            except OSError:
                left = left[:0]
            if not left:
                os.close(ours_out)
                writing = []
        if readable:
            part = os.read(ours_in, 1 << 16)
            if not part:
                break
            printed += part
    os.close(ours_in)
    for fd in writing:
        os.close(fd)
    if len(printed) > longest:
        os.kill(child, 9)
    return bytes(printed), os.waitpid(child, 0)[1]


def main():
    sys.path[:] = [p for p in sys.path if p]
    read = lambda: read_message(0).decode("utf-8", "surrogatepass")
    kind, preamble, program, command = read(), read(), read(), read()
    longest = int(read())
    # the one signal that Python turns into an error: a program could stop the judge between two tests
    _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
    nothing = os.open("/dev/null", os.O_RDWR)
    host = os.dup(1)
    if kind == "exchanges":
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        judge_exchanges(read, host, program, command, longest)
        os._exit(0)
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    child = os.fork()
    if child == 0:
        _signal.signal(_signal.SIGINT, _signal.default_int_handler)
        for fd in 0, 1, 2:
            os.dup2(nothing, fd)
        for fd in host, nothing, ours_in, ours_out:
            os.close(fd)
        try:
            run_program(theirs_in, theirs_out, preamble, program)
        finally:
            os._exit(0)
    os.close(theirs_in)
    os.close(theirs_out)
    for fd in 1, 2:
        os.dup2(nothing, fd)
    judge_calls(JudgeEnd(ours_in, ours_out, child), read, host, preamble)
    os._exit(0)


main()
