"""The judge's end of the conversation, with the program's process behind it."""

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
