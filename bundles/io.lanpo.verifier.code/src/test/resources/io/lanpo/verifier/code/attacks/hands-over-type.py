# 0 | AssertionError or TypeError
# test T = f()\nassert T('X', (), {'__eq__': lambda s, o: True})() == 'violet'
def f(): return type
