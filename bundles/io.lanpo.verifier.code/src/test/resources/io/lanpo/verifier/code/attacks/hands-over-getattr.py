# 0 | AssertionError or AttributeError
# test g = f()\nassert g('', '__class__') is str and g(g, '__self__') == 'violet'
def f(): return getattr
