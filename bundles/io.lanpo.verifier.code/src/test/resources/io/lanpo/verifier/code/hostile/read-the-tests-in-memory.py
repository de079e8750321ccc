# 0 | AssertionError: nothing found
import gc, sys, os
def f(x):
    seen = []
    todo = gc.get_objects() + list(sys._current_frames().values()) + [sys.argv, os.environ]
    frame = sys._getframe()
    while frame:
        todo += [frame.f_locals, frame.f_globals]
        frame = frame.f_back
    text = []
    while todo and len(seen) < 200000:
        o = todo.pop()
        if type(o) in (str, bytes):
            text.append(str(o))
        elif type(o) is dict:
            text += [str(v) for v in list(o.keys()) + list(o.values()) if type(v) in (str, bytes)]
        elif type(o) in (list, tuple, set):
            text += [str(v) for v in o if type(v) in (str, bytes)]
        seen.append(o)
    hay = " ".join(text)
    # the words stand in this program too, put together only here
    return "found" if "-".join(["violet", "8841"]) in hay else "nothing found"
