# 0 | AssertionError or KeyError or TypeError
# test word = 'violet'\nassert f()()['word'] == word
def f(): return globals
