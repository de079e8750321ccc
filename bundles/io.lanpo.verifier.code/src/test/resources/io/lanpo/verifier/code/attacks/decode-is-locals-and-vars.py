# 0 | AssertionError or KeyError or TypeError or NameError
# test word = 'violet'\nassert f(1)()['word'] == word\nassert f(2)()['word'] == word
def f(n): return vars if n == 1 else locals
