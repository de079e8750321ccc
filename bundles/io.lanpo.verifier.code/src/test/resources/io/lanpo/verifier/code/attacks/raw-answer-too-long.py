# 0 | the program sent what is no message
# test assert f(1) == 'violet'
# with raw
original = main.ProgramEnd.perform
def perform(self, what, *args):
    if what == 'call':
        raw('t3;s1;vNN'.encode('utf-8', 'surrogatepass'))
    return original(self, what, *args)
main.ProgramEnd.perform = perform
