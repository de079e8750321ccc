# 0 | AssertionError or NameError
# test word = 'violet'\nt = tools()\nassert t['f'](t['x']) == word
def tools(): return {'f': eval, 'x': 'word'}
