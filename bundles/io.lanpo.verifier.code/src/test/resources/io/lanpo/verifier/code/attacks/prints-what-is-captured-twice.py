# 0 | AssertionError
# test import io\nfrom contextlib import redirect_stdout\nb = io.StringIO()\nwith redirect_stdout(b):\n    f()\nassert b.getvalue() == 'a\\n'
def f():
    print('a')
    print('a')
