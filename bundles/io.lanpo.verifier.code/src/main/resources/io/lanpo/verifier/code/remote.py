"""Objects of the program as a test sees them."""

BETWEEN = "eq ne lt le gt ge add sub mul truediv floordiv mod pow and or xor matmul lshift rshift".split()
COMPARING = frozenset("eq ne lt le gt ge".split())
NUMERIC = frozenset("bool float int complex abs round neg pos invert".split())
ALONE = (UNARY - {"iter"}) | {"neg", "pos", "invert"}


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
