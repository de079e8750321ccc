"""Values as text, and calls in both directions, between the judge and the program.

Two processes. The judge holds the tests and the way out; the program lives in a process of its own
that never saw the tests and has one pipe in and one pipe out. Only plain data comes back from it, a
fixed list of classes by name, and numbers of objects that stay with it: nothing that it sends is ever
code for the judge.
"""
import builtins
import os
import sys

LONGEST = 1 << 23  # bytes of a message
DEEPEST = 100  # levels of nested containers
SHOWN = 200  # characters of a reason
# modules of the language's library that a test may name without importing them
SHARED = frozenset(
    "array bisect calendar cmath collections collections.abc copy datetime decimal fractions functools"
    " heapq itertools json math numbers operator random re statistics string time typing".split()
)
# what a mapping may make of a key that it lacks, where it crosses
DEFAULTS = {kind.__name__: kind for kind in (bool, dict, float, int, list, set, str, tuple)}
# what a value of a class of the library is made from again, in the order of the constructor
REBUILT = {
    ("collections", "deque"): lambda v: (list(v), v.maxlen),
    ("collections", "Counter"): lambda v: (dict(v),),
    ("collections", "OrderedDict"): lambda v: (list(v.items()),),
    ("collections", "defaultdict"): lambda v: (default_of(v.default_factory), dict(v)),
    ("datetime", "date"): lambda v: (v.year, v.month, v.day),
    ("datetime", "datetime"): lambda v: (v.year, v.month, v.day, v.hour, v.minute, v.second, v.microsecond),
    ("datetime", "time"): lambda v: (v.hour, v.minute, v.second, v.microsecond),
    ("datetime", "timedelta"): lambda v: (v.days, v.seconds, v.microseconds),
    ("decimal", "Decimal"): lambda v: (str(v),),
    ("fractions", "Fraction"): lambda v: (v.numerator, v.denominator),
    ("array", "array"): lambda v: (v.typecode, v.tolist()),
}
# classes that the program may hand to the judge by name: to make one is all that can be done with it
HARMLESS = frozenset(REBUILT) | frozenset(
    ("builtins", name)
    for name in "bool bytearray bytes complex dict float frozenset int list object range set str tuple".split()
)
CONTAINERS = ("t", tuple), ("l", list), ("S", set), ("Z", frozenset)
MUTABLE = list, dict, set, bytearray
BUILT_IN = frozenset((dict, tuple, list, set, frozenset))


class Gone(BaseException):
    """The program's process has ended or talks nonsense."""


ENDED = "the program ended its own process"


def default_of(factory):
    return next((name for name, kind in DEFAULTS.items() if kind is factory), None)


def read_exactly(fd, size, wait=None):
    parts = []
    while size:
        if wait:
            wait()
        part = os.read(fd, min(size, 1 << 16))
        if not part:
            raise Gone(ENDED)
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def read_message(fd, wait=None):
    size = int.from_bytes(read_exactly(fd, 4, wait), "big")
    if size > LONGEST:
        raise Gone("the program answered with more than %d MB" % (LONGEST >> 20))
    return read_exactly(fd, size, wait)


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
    """One end of the conversation."""

    def __init__(self, incoming, outgoing):
        self.incoming = incoming
        self.outgoing = outgoing

    def wait(self):
        """Called before every read."""

    def send(self, *message):
        parts = []
        self.encode(message, parts, DEEPEST)
        text = "".join(parts).encode("utf-8", "surrogatepass")
        if len(text) > LONGEST:
            raise ValueError("a value of more than %d MB" % (LONGEST >> 20))
        write_message(self.outgoing, text)

    def receive(self):
        try:
            text = read_message(self.incoming, self.wait).decode("utf-8", "surrogatepass")
            value, end = self.decode(text, 0, DEEPEST)
        except Exception as error:
            raise Gone("the program sent what is no message (%s)" % type(error).__name__) from None
        if end != len(text) or not isinstance(value, tuple) or not value or type(value[0]) is not str:
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
        elif (kind.__module__, kind.__name__) in REBUILT:
            self.rebuilt(value, (kind.__module__, kind.__name__), parts, depth)
        elif isinstance(value, tuple) and hasattr(kind, "_fields"):
            self.encode_record(value, parts, depth)
        elif kind not in BUILT_IN and self.stays(kind):
            self.encode_other(value, parts, depth)
        elif isinstance(value, dict):
            items = list(dict.items(value))
            parts.append("D%x;" % len(items))
            for pair in items:
                self.encode(pair[0], parts, depth - 1)
                self.encode(pair[1], parts, depth - 1)
        elif isinstance(value, (tuple, list, set, frozenset)):
            mark, base = next(c for c in CONTAINERS if isinstance(value, c[1]))
            self.encode_items(mark, list(base.__iter__(value)), parts, depth)
        elif kind is range:
            parts.append("r")
            self.encode((value.start, value.stop, value.step), parts, depth - 1)
        elif kind is slice:
            parts.append("k")
            self.encode((value.start, value.stop, value.step), parts, depth - 1)
        else:
            name = self.shared_name(value, kind)
            if name:
                parts.append("g")
                self.encode(name, parts, depth - 1)
            else:
                self.encode_other(value, parts, depth)

    def encode_items(self, mark, items, parts, depth):
        parts.append("%s%x;" % (mark, len(items)))
        for item in items:
            self.encode(item, parts, depth - 1)

    def encode_record(self, value, parts, depth):
        """A tuple whose items have names."""
        self.encode_items("t", list(tuple.__iter__(value)), parts, depth)

    def rebuilt(self, value, name, parts, depth):
        parts.append("p")
        self.encode(name + REBUILT[name](value), parts, depth - 1)

    def stays(self, kind):
        """Whether objects of a class are more than the data that they contain."""
        return False

    def shared_name(self, value, kind):
        """Module and name of what both ends know by name, if this end may say it; else nothing."""

    def encode_other(self, value, parts, depth):
        raise TypeError("a value of type " + type(value).__name__)

    def decode(self, text, at, depth):
        if depth == 0:
            raise ValueError("nested too deep")
        mark = text[at]
        at += 1
        if mark in "NTFUE":
            return {"N": None, "T": True, "F": False, "U": NotImplemented, "E": Ellipsis}[mark], at
        if mark in "rkgp":
            what, at = self.decode(text, at, depth - 1)
            if mark in "rk":
                return (range if mark == "r" else slice)(*what), at
            return (self.find(*what) if mark == "g" else self.rebuild(*what)), at
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
        if size < 0:
            raise ValueError("size")
        if mark in "sbB":
            content = text[at : at + size]
            if len(content) != size:
                raise ValueError("size")
            made = content if mark == "s" else bytes.fromhex(content)
            return (bytearray(made) if mark == "B" else made), at + size
        if mark in "tlSZD":
            if size > len(text) - at:
                raise ValueError("size")
            items = []
            for _ in range(size * 2 if mark == "D" else size):
                item, at = self.decode(text, at, depth - 1)
                items.append(item)
            if mark == "D":
                return dict(zip(items[::2], items[1::2])), at
            return dict(CONTAINERS)[mark](items), at
        return self.decode_other(mark, size, text, at, depth)

    def find(self, module, name):
        """What an end knows by module and name."""
        raise ValueError(name)

    def rebuild(self, module, name, *arguments):
        if (module, name) not in REBUILT:
            raise ValueError(name)
        if any(type(argument) not in (int, str, list, dict, type(None)) for argument in arguments):
            raise ValueError("an argument that could be without end")
        if name == "defaultdict":
            arguments = (DEFAULTS.get(arguments[0]),) + arguments[1:]
        return getattr(__import__(module, fromlist=["*"]), name)(*arguments)

    def decode_other(self, mark, number, text, at, depth):
        raise ValueError(mark)
