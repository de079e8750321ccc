"""Programs on their own: what they print for an input, against what is to be printed."""


def judge_exchanges(command, tests, limits, host, stop):
    for i in range(0, len(tests), 2):
        longest = max(limits.output, 2 * len(tests[i + 1].encode("utf-8", "surrogatepass")))
        printed, why = exchange(command, tests[i], longest, limits)
        if len(printed) > longest:
            why = "printed more than %d bytes" % longest
        elif not why and not agree(printed.decode("utf-8", "replace"), tests[i + 1], limits.tolerance):
            why = "printed " + repr(printed[:SHOWN].decode("utf-8", "replace"))
        end_others()
        if why:
            host.say("FAIL", i // 2, short(why))
            if stop:
                break
        else:
            host.say("PASS", i // 2)
    host.say("DONE")


def agree(printed, expected, tolerance):
    """Line by line and word by word; white space counts only before the first word and as empty lines."""
    printed, expected = lines(printed), lines(expected)
    return len(printed) == len(expected) and all(
        p == e or indent(p) == indent(e) and words_agree(p.split(), e.split(), tolerance)
        for p, e in zip(printed, expected)
    )


def lines(text):
    return [line.rstrip() for line in text.rstrip().splitlines()]


def indent(line):
    return line[: len(line) - len(line.lstrip())]


def words_agree(printed, expected, tolerance):
    return len(printed) == len(expected) and all(
        p == e or tolerance > 0 and numbers_agree(p, e, tolerance) for p, e in zip(printed, expected)
    )


def numbers_agree(printed, expected, tolerance):
    """Where a number with a point or an exponent is expected, one that is as good as equal will do."""
    if not set(".eE") & set(expected) or not set(printed + expected) <= set("0123456789+-.eE"):
        return False
    try:
        printed, expected = float(printed), float(expected)
    except ValueError:
        return False
    return printed == expected or abs(printed - expected) <= tolerance * max(1, abs(expected))


def launch(command, limits):
    """A process that runs a command, its standard input and its standard output."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    child = fork()
    if child == 0:
        try:
            import resource

            resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 1))
            os.dup2(theirs_in, 0)
            os.dup2(theirs_out, 1)
            os.execv(command[0], command)
        finally:
            os._exit(127)
    os.close(theirs_in)
    os.close(theirs_out)
    os.set_blocking(ours_out, False)
    return child, ours_out, ours_in


def exchange(command, given, longest, limits):
    """What a command prints when it is given a text on standard input, and what went wrong."""
    child, ours_out, ours_in = launch(command, limits)
    clock = Clock(child, limits)
    left = memoryview(given.encode("utf-8", "surrogatepass"))
    printed = bytearray()
    writing = [ours_out]
    code = None
    while len(printed) <= longest and not clock.why_over():
        readable, writable, _ = select([ours_in], writing, [], TICK)
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
        elif code is None:
            code = ended(child)
        else:
            break  # it has ended and only others, which it left behind, could still write
    os.close(ours_in)
    for fd in writing:
        os.close(fd)
    if len(printed) > longest:
        os.kill(child, 9)
    pause = 0.0002
    while code is None:
        over = clock.why_over()
        if over:
            os.kill(child, 9)
            os.waitpid(child, 0)
            return bytes(printed), over
        code = ended(child)
        if code is None:
            sleep(pause)
            pause = min(2 * pause, TICK)
    return bytes(printed), died(code)
