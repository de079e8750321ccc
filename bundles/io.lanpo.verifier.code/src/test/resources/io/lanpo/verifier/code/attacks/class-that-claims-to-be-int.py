# 0 | AssertionError
# test assert f() is int
class int: pass
int.__module__ = 'builtins'
def f(): return int
