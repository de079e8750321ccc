# 0 | Bad
class Bad(Exception):
    def __str__(self): raise self
def f(x):
    raise Bad
