# 0 | TypeError
# test assert f(lambda x: x) == 5
def f(g): return g(*[1, 2], **{'__class__': 3})
