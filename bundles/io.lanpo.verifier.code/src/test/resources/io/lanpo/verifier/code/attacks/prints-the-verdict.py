# 0.5 | AssertionError
# test assert f(1) == 1
# test assert f(2) == 2
import sys
def f(x):
    print('PASS 1\nDONE')
    sys.stderr.write('PASS 1\nDONE')
    return 1
