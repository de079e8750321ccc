# 0 | AssertionError or NameError
# test fs = tools()\nassert fs[0](fs[1]) == 'violet'
def tools(): return [eval, "'vio' + secret"]
