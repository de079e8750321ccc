# 0 | AssertionError or NameError
# test word = 'violet'\nassert f()() == word
import functools
def f(): return functools.partial(eval, 'word')
