"""Runs a program against tests that it can neither read nor answer for.

Messages from the host on standard input, each behind its length in four bytes: what is to be done
(calls, cases, exchanges), a secret word, the limits, command, preamble, program, entry point, setup,
number of texts and the texts of the tests; a case is two, arguments and result, an exchange as well,
input and output. Lines to the host on standard output, each behind the secret word: FAULT why, READY,
LOAD why or LOADED, PASS i, SKIP i, FAIL i why, DONE. Whatever goes wrong after READY is the program's
doing: it is not let run before.
"""


class Limits:
    def __init__(self, text):
        cpu, seconds, output, tolerance, stop = text.split()
        self.cpu = int(cpu)  # seconds of processor time, of one test
        self.seconds = int(seconds)  # seconds, of one test
        self.output = int(output)  # bytes
        self.tolerance = float(tolerance)
        self.stop = stop == "true"  # at the first test that fails


class Host:
    def __init__(self, fd, word):
        self.fd = fd
        self.word = word

    def say(self, *what):
        line = " ".join([self.word] + [str(w) for w in what]) + "\n"
        data = line.encode("utf-8", "backslashreplace")
        while data:
            data = data[os.write(self.fd, data) :]


class Start:
    """Starts processes for the program. The first is a copy of this one, made before anything was read."""

    def __init__(self, nothing, host):
        self.nothing = nothing
        self.first = self.pipes()
        self.child = os.fork()
        if self.child == 0:
            _signal.signal(_signal.SIGINT, _signal.default_int_handler)
            self.enter(self.first, host)
            try:
                run_program(self.first[0], self.first[3])
            finally:
                os._exit(0)

    def pipes(self):
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        return theirs_in, ours_out, ours_in, theirs_out

    def enter(self, pipes, host):
        for fd in 0, 1, 2:
            os.dup2(self.nothing, fd)
        for fd in host, self.nothing, pipes[1], pipes[2]:
            os.close(fd)

    def another(self):
        """Started again from the file: a copy of this process would know the tests."""
        end_others()
        self.first = self.pipes()
        theirs_in, _, _, theirs_out = self.first
        self.child = fork()
        if self.child == 0:
            try:
                _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
                for fd in 0, 1, 2:
                    os.dup2(self.nothing, fd)
                for fd in theirs_in, theirs_out:
                    os.set_inheritable(fd, True)
                os.execv(sys.executable, [sys.executable, "-s", "-S", "-B", "-c"] + START + [str(theirs_in), str(theirs_out)])
            finally:
                os._exit(127)

    def process(self, preamble, program, limits):
        if self.first is None:
            self.another()
        theirs_in, ours_out, ours_in, theirs_out = self.first
        self.first = None
        os.close(theirs_in)
        os.close(theirs_out)
        wire = JudgeEnd(ours_in, ours_out, self.child, limits)
        try:
            for text in preamble, program:
                write_message(ours_out, text.encode("utf-8", "surrogatepass"))
        except Gone:
            pass  # which the first question will tell
        return wire


START = ["import sys;exec(sys.argv[1])", sys.argv[1]]


def main():
    sys.path[:] = [p for p in sys.path if p]
    if len(sys.argv) > 3:
        return run_program(int(sys.argv[2]), int(sys.argv[3]))
    read = lambda: read_message(0).decode("utf-8", "surrogatepass")
    kind = read()
    # the one signal that Python turns into an error: a program could stop the judge between two tests
    _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
    nothing = os.open("/dev/null", os.O_RDWR)
    out = os.dup(1)
    start = None if kind == "exchanges" else Start(nothing, out)
    for fd in 1, 2:
        os.dup2(nothing, fd)
    host = Host(out, read())
    limits, command, preamble, program, entry, setup = Limits(read()), read(), read(), read(), read(), read()
    texts = [read() for _ in range(int(read()))]
    if kind == "exchanges":
        host.say("READY")
        judge_exchanges(command.split("\0") + [program], texts, limits, host, limits.stop)
    else:
        try:
            if kind == "calls":
                tests = Tests(texts, setup, preamble, entry)
            else:
                tests = Calls(texts, setup, preamble, entry, limits.tolerance)
        except Fault as fault:
            return host.say("FAULT", short(str(fault)))
        except BaseException as error:
            return host.say("FAULT", short(describe(error)))
        host.say("READY")
        judge_calls(tests, lambda: start.process(preamble, program, limits), host, limits.stop)


main()
os._exit(0)
