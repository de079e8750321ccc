"""The judge's end: objects of the program as a test sees them, and the program's process."""

BETWEEN = "eq ne lt le gt ge add sub mul truediv floordiv mod pow and or xor matmul lshift rshift".split()
COMPARING = frozenset("eq ne lt le gt ge".split())
NUMERIC = frozenset("bool float int complex abs round neg pos invert".split())
ALONE = (UNARY - {"iter"}) | {"neg", "pos", "invert"}

LIBRARY_ERRORS = {
    "FrozenInstanceError": "dataclasses",
    "JSONDecodeError": "json",
    "InvalidOperation": "decimal",
    "DivisionByZero": "decimal",
    "StatisticsError": "statistics",
    "Empty": "queue",
    "Full": "queue",
    "CancelledError": "asyncio",
}


class Remote:
    # An object that lives with the program. Equal to nothing of the test's, whatever the program says.
    #
    # Between two calls of the program, what it shows of itself by iteration, by number and by length
    # has to agree: else it would be one thing for one assertion and another for the next.

    __doc__ = property(lambda self: self._lanpo_wire.ask("attr", self, "__doc__"))
    __slots__ = "_lanpo_wire", "_lanpo_number", "_lanpo_view", "_lanpo_reckoned"

    def __init__(self, wire, number):
        object.__setattr__(self, "_lanpo_wire", wire)
        object.__setattr__(self, "_lanpo_number", number)
        object.__setattr__(self, "_lanpo_view", None)
        object.__setattr__(self, "_lanpo_reckoned", False)

    def __call__(self, *args, **kwargs):
        return self._lanpo_wire.call(self, args, kwargs)

    def __getattr__(self, name):
        if name in ("count", "index", "keys", "values", "items"):
            return self._lanpo_shown().method(name)
        return self._lanpo_wire.ask("attr", self, name)

    def __setattr__(self, name, value):
        self._lanpo_wire.change("setattr", self, name, value)

    def __delattr__(self, name):
        self._lanpo_wire.change("delattr", self, name)

    def _lanpo_shown(self):
        view = self._lanpo_view
        if view is None or view.age != self._lanpo_wire.age:
            view = View(self, self._lanpo_wire)
            object.__setattr__(self, "_lanpo_view", view)
        return view

    def __iter__(self):
        return self._lanpo_shown().iterate()

    def __len__(self):
        return self._lanpo_shown().length()

    def __getitem__(self, key):
        return self._lanpo_shown().item(key)

    def __reversed__(self):
        return reversed(list(self))

    def __contains__(self, item):
        return self._lanpo_shown().contains(item)

    def __setitem__(self, key, value):
        self._lanpo_wire.change("setitem", self, key, value)

    def __delitem__(self, key):
        self._lanpo_wire.change("delitem", self, key)

    def __enter__(self):
        return self._lanpo_wire.ask("attr", self, "__enter__")()

    def __exit__(self, kind, error, trace):
        told = self._lanpo_wire.told(error) if error is not None else (None, ())
        swallowed = self._lanpo_wire.change("exit", self, *told)
        return swallowed is True and thrown(error, trace)

    def __instancecheck__(self, other):
        return isinstance(other, Remote) and bool(self._lanpo_wire.ask("isinstance", other, self))


class RemoteCoroutine(Remote):
    """What an async function of the program returns: it runs there, from its start to its end."""

    __slots__ = ()

    def __next__(self):
        raise StopIteration(self._lanpo_wire.ask("await", self))

    def send(self, value):
        return next(self)

    def throw(self, *error):
        raise error[0]

    def close(self):
        pass

    def __await__(self):
        return self


def reckoned(value):
    """What an operator has made of an object and a number of the test: an object of the program again.

    Nothing of the test's follows from it, neither by abs, nor by bool, nor by a further operator: else
    f(x) - 3 could be 0, or next to it, whatever f(x) is.
    """
    if not isinstance(value, Remote):
        raise TypeError("an operator of the program makes %s of a number of the test" % type(value).__name__)
    object.__setattr__(value, "_lanpo_reckoned", True)
    return value


def _forwarded(name):
    def method(self, *args):
        value = self._lanpo_wire.ask(name, self, *args)
        return reckoned(value) if self._lanpo_reckoned and name in NUMERIC else value

    return method


def _between_remotes(name):
    # never a comparison with a value of the test: the program could make anything of it
    def method(self, other):
        if isinstance(other, Remote):
            value = self._lanpo_wire.ask(name, self, other)
            both = self._lanpo_reckoned or other._lanpo_reckoned
            return reckoned(value) if both and name not in COMPARING else value
        if name in COMPARING or type(other) not in (int, float, complex):
            return NotImplemented
        return reckoned(self._lanpo_wire.ask(name, self, other))

    return method


def _behind_a_number(name):
    def method(self, other):
        if type(other) not in (int, float, complex):
            return NotImplemented
        return reckoned(self._lanpo_wire.ask(name, other, self))

    return method


for _name in ALONE - {"len"}:
    setattr(Remote, "__%s__" % _name, _forwarded(_name))
for _name in BETWEEN:
    setattr(Remote, "__%s__" % _name, _between_remotes(_name))
for _name in set(BETWEEN) - COMPARING:
    setattr(Remote, "__r%s__" % _name, _behind_a_number(_name))


class View:
    """What an object has shown of itself since the program was last called."""

    def __init__(self, remote, wire):
        self.remote = remote
        self.wire = wire
        self.age = wire.age
        self.source = None  # an iterator of the program
        self.taken = []
        self.ended = False
        self.at = {}
        self.size = None

    def iterate(self):
        if self.source is None:
            source = self.wire.ask("iter", self.remote)
            if source is self.remote:
                return source  # an iterator itself: what it has given is gone
            if not isinstance(source, Remote):
                return iter(source)
            self.source = source
        return self.items()

    def items(self):
        i = 0
        while i < len(self.taken) or self.more(i):
            yield self.taken[i]
            i += 1

    def more(self, i):
        """Takes further items, more the more there are; whether there is one of that number."""
        if not self.ended:
            wanted = min(i + 1, 1000)
            new = self.wire.ask("take", self.source, wanted)
            if type(new) is not list or len(new) > wanted:
                raise TypeError("an iterator that gives no items")
            self.ended = len(new) < wanted
            self.taken += new
            for k in range(i, len(self.taken)):
                self.agree(k, self.at.get(k, self.taken[k]))
            if self.ended and self.size not in (None, len(self.taken)):
                self.lied()
        return i < len(self.taken)

    def length(self):
        if self.size is None:
            self.size = self.wire.ask("len", self.remote)
            if type(self.size) is not int:
                raise TypeError("a length that is no whole number")
            if self.ended and self.size != len(self.taken):
                self.lied()
        return self.size

    def item(self, key):
        if type(key) is slice:
            return self.part(key)
        if type(key) is not int:
            return self.wire.ask("item", self.remote, key)
        if key in self.at:
            return self.at[key]
        shown = self.at[key] = self.wire.ask("item", self.remote, key)
        if key < 0 and not self.is_key(key):
            try:
                key += self.length()
            except TypeError:
                return shown  # there is no length to count from
            if not same(self.at.setdefault(key, shown), shown):
                self.lied()
        self.agree(key, shown)
        return shown

    def part(self, key):
        part = self.wire.ask("item", self.remote, key)
        if self.can_be_iterated():
            real = list(self.iterate())[key]
            shown = list(part)
            if not same(real, shown):
                self.lied()
        return part

    def can_be_iterated(self):
        try:
            self.iterate()
            return True
        except TypeError:
            return False

    def agree(self, key, shown):
        if 0 <= key < len(self.taken) and not same(self.taken[key], shown) and not self.is_key(key):
            self.lied()

    def is_key(self, key):
        """Whether the object is a mapping, which shows its keys by iteration, and this is one of them."""
        try:
            return isinstance(self.wire.ask("attr", self.remote, "keys"), Remote) and key in self.taken
        except AttributeError:
            return False

    def contains(self, item):
        if self.can_be_iterated():
            return any(item is other or item == other for other in self.iterate())
        return bool(self.wire.ask("contains", self.remote, item))

    def method(self, name):
        """A method of lists or mappings, which must not tell of other items than these."""
        theirs = self.wire.ask("attr", self.remote, name)
        if not isinstance(theirs, Remote) or not self.can_be_iterated():
            return theirs
        try:
            self.wire.ask("attr", self.remote, "__getitem__")
        except AttributeError:
            return theirs

        def checked(*args):
            expected = self.expected(name, args)
            found = theirs(*args)
            shown = list(found) if type(expected) is list else found
            if expected is not None and not same(expected, shown):
                self.lied()
            return found

        return checked

    def expected(self, name, args):
        """What a method of that name returns; nothing where it must mean something else."""
        try:
            if name in ("count", "index"):
                return getattr(list(self.iterate()), name)(*args)
            mapping = {key: self.wire.ask("item", self.remote, key) for key in self.iterate()}
            return list(getattr(mapping, name)(*args))
        except Exception:
            return None

    def lied(self):
        self.wire.lie = "an object of the program shows other items by iteration than by number or length"
        raise AssertionError(self.wire.lie)


def same(one, other):
    if type(one) is type(other) is list:
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Remote) and isinstance(other, Remote):
        return True  # parts of the program's own; they answer for themselves
    return one == other or one != one and other != other


class Record(tuple):
    """A tuple whose items have names, as the program has it."""

    _fields = ()

    def __new__(cls, wire, number, names, items):
        self = tuple.__new__(cls, items)
        self._lanpo_wire, self._lanpo_number, self._fields = wire, number, names
        return self

    def __getattr__(self, name):
        if name in self._fields:
            return self[self._fields.index(name)]
        return self._lanpo_wire.ask("attr", self, name)

    def _asdict(self):
        return dict(zip(self._fields, self))


class JudgeEnd(Wire):
    """Speaks with one process of the program, and ends it when its time for a test is over."""

    def __init__(self, incoming, outgoing, child, limits):
        Wire.__init__(self, incoming, outgoing)
        self.child = child
        self.limits = limits
        self.functions = []
        self.remotes = {}
        self.errors = {}
        self.pending = []
        self.asked = 0
        self.age = 0
        self.gone = None
        self.lie = None
        self.begin()

    def begin(self):
        """A test begins: its time is counted from here."""
        self.clock = Clock(self.child, self.limits)
        self.lie = None

    def wait(self):
        while not select([self.incoming], [], [], TICK)[0]:
            over = self.clock.why_over()
            if over:
                self.end(9)
                raise Gone(over)
            excess = self.clock.used() - self.limits.cpu
            if excess > 0:
                # if it has left a copy of itself behind, its answer is awaited
                self.end(SIGXCPU if excess < 1 else 9)

    def close(self):
        """The process has ended; another one takes its place."""
        os.close(self.incoming)
        os.close(self.outgoing)

    def end(self, signal):
        try:
            os.kill(self.child, signal)
        except OSError:
            pass

    def shared_name(self, value, kind):
        if kind is type(sys):
            return (value.__name__, "") if value.__name__ in SHARED else None
        if not isinstance(value, type) and kind not in (type(len), type(short)):
            return None
        module, name = getattr(value, "__module__", None), getattr(value, "__name__", "")
        home = builtins if module == "builtins" else sys.modules.get(module) if module in SHARED else None
        return (module, name) if home is not None and getattr(home, name, None) is value else None

    def encode_record(self, value, parts, depth):
        if isinstance(value, Record):
            parts.append("h%x;" % value._lanpo_number)
        else:
            Wire.encode_record(self, value, parts, depth)

    def encode_other(self, value, parts, depth):
        if isinstance(value, Remote):
            if value._lanpo_wire is not self:
                raise ValueError("an object of the program's whose process has ended")
            parts.append("h%x;" % value._lanpo_number)
        elif callable(value):
            parts.append("f%x;" % len(self.functions))
            self.functions.append(value)
            told = (getattr(value, name, None) for name in ("__name__", "__doc__"))
            self.encode([text if isinstance(text, str) else None for text in told], parts, depth - 1)
        else:
            raise TypeError("a test passes a value of type %s, which no message can carry" % type(value).__name__)

    def find(self, module, name):
        if (module, name) not in HARMLESS:
            raise ValueError(name)
        return getattr(__import__(module, fromlist=["*"]), name)

    def decode_other(self, mark, number, text, at, depth):
        if mark == "f":
            return self.functions[number], at
        what, at = self.decode(text, at, depth - 1)
        if mark == "h" and isinstance(what, str):
            made = RemoteCoroutine if what == "coroutine" else Remote
            return self.remotes.setdefault(number, made(self, number)), at
        if mark == "n":
            names, items = what
            if type(names) is tuple and type(items) is tuple and all(type(n) is str for n in names):
                return Record(self, number, names, items), at
        if mark == "x" and isinstance(what, list):
            return self.error(what), at
        raise ValueError(mark)

    def error(self, names):
        """The exception class for the names of a class of the program and its ancestors."""
        base = Exception
        for name in names:
            known = getattr(builtins, name, None) or library_error(name) if isinstance(name, str) else None
            if isinstance(known, type) and issubclass(known, (Exception, SystemExit)):
                base = known
                break
        if names[0] == base.__name__:
            return base
        return self.errors.setdefault(str(names[0]), type(str(names[0]), (base,), {}))

    def made(self, names, arguments, attributes):
        """An error of the program."""
        kind = self.error(names)
        try:
            error = kind(*arguments)
        except Exception:
            # one whose constructor takes more than what it is told by
            error = kind.__new__(kind, *arguments)
        for name, value in attributes.items():
            if type(name) is str and not name.startswith("_") and not hasattr(error, name):
                setattr(error, name, value)
        error._lanpo_of_program = True
        return error

    def ask(self, *message):
        self.asked += 1
        if self.gone:
            raise self.gone
        try:
            self.send(*message)
            return self.answer()
        except Gone as gone:
            self.gone = Gone(self.why(gone))
            raise self.gone from None

    def change(self, *message):
        self.settle()
        self.age += 1
        return self.ask(*message)

    def call(self, function, args, kwargs):
        """What the program returns; what it has made of the arguments is then theirs.

        A function that returns nothing is judged by what it did to its arguments. Of one that returns
        something they are to be seen from the next comparison on: within one, what it returned must
        not be compared with what it made of the question.
        """
        self.settle()
        self.age += 1
        answer = self.ask("call", function, args, kwargs, asked_for_input())
        self.age += 1
        if type(answer) is not tuple or len(answer) != 2:
            raise TypeError("%s object is not callable" % type(answer).__name__)
        result, changed = answer
        mine = [a for a in list(args) + list(kwargs.values()) if type(a) in MUTABLE]
        if type(changed) is list and len(mine) == len(changed):
            # nothing in the place of one that is as it was
            self.pending = [pair for pair in zip(mine, changed) if pair[1] is not None]
        if result is None:
            self.settle()
        return result

    def settle(self, *_):
        pending, self.pending = self.pending, []
        for mine, new in pending:
            take_over(mine, new)

    def why(self, gone):
        """How the program's process ended, where it did."""
        if str(gone) != ENDED:
            return str(gone)
        for _ in range(20):
            code = ended(self.child)
            if code is not None:
                return died(code) or ENDED
            sleep(0.005)
        return ENDED

    def answer(self):
        while True:
            message = self.receive()
            if message[0] == "v" and len(message) == 2:
                return False if message[1] is NotImplemented else message[1]
            if message[0] == "e" and list(map(type, message[1:])) == [list, tuple, dict] and message[1]:
                raise self.made(*message[1:])
            if message[0] == "p" and len(message) == 2 and type(message[1]) is str:
                sys.stdout.write(message[1])
                continue
            if message[0] != "c" or len(message) != 4 or message[1] not in range(len(self.functions)):
                raise Gone("the program sent what is no message")
            try:
                self.send("v", self.functions[message[1]](*message[2], **message[3]))
            except Exception as error:
                self.send("a", *self.told(error))

    def told(self, error):
        """Name and arguments of an error of the test, for the program."""
        name = type(error).__name__
        if not hasattr(builtins, name):
            self.errors.setdefault(name, type(error))  # what it is again where the program lets it pass
        try:
            self.encode(error.args, [], DEEPEST)
            return name, error.args
        except (TypeError, ValueError):
            return name, (short(str(error)),)


INPUT, STDIN = builtins.input, sys.stdin


def asked_for_input():
    """What a test has put in the place of the input; nothing where it has not."""
    if builtins.input is not INPUT:
        return builtins.input
    if sys.stdin is not STDIN:
        return lambda prompt="": INPUT()
    return None


def thrown(error, trace):
    """Whether a test has raised an error to see what becomes of it, and not to say that it fails.

    A program that swallows whatever happens within a with statement must not pass by it.
    """
    if error is None or isinstance(error, AssertionError) or not isinstance(error, Exception) or type(error) is Exception:
        return False
    import opcode

    while trace.tb_next:
        trace = trace.tb_next
    code = trace.tb_frame.f_code
    return code.co_filename == "<test>" and code.co_code[trace.tb_lasti] == opcode.opmap["RAISE_VARARGS"]


def library_error(name):
    """An error of the library that has a name of its own, where the test has imported its module."""
    module = sys.modules.get(LIBRARY_ERRORS.get(name))
    return getattr(module, name, None)


def take_over(mine, new):
    """Makes one container what another is, and what it contains as well, keeping what is there."""
    if type(mine) is not type(new):
        return
    if type(mine) is list:
        for i in range(min(len(mine), len(new))):
            if type(mine[i]) in MUTABLE and type(mine[i]) is type(new[i]):
                take_over(mine[i], new[i])
                new[i] = mine[i]
        mine[:] = new
    elif type(mine) is dict:
        for key in new:
            if key in mine and type(mine[key]) in MUTABLE and type(mine[key]) is type(new[key]):
                take_over(mine[key], new[key])
                new[key] = mine[key]
        mine.clear()
        mine.update(new)
    elif type(mine) is set:
        mine.clear()
        mine.update(new)
    elif type(mine) is bytearray:
        mine[:] = new
