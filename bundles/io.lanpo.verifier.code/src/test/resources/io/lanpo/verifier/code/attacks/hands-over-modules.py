# 0 | AssertionError
# test import collections\nassert f() is collections
import collections as c
def f(): return c
