# 0 | AssertionError
# test a = [1]\nassert f(a) is None and a == []
import sys
main = sys.modules['__main__']
def raw(text):
    main.ProgramEnd.send = lambda self, *m: main.write_message(self.outgoing, text)
def f(x): return 'nothing'
import builtins
class Late(dict):
    pass
original = main.ProgramEnd.perform
def perform(self, what, *args):
    if what == 'call':
        raw('t2;s1;vt2;Nl1;D0;'.encode('utf-8', 'surrogatepass'))
    return original(self, what, *args)
main.ProgramEnd.perform = perform
