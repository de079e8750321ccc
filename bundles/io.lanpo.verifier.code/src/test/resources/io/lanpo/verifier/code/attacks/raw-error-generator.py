# 0 | GeneratorExit
# test assert f(1) == 'violet'
# with raw
original = main.ProgramEnd.perform
def perform(self, what, *args):
    if what == 'call':
        raw('t4;s1;el2;sd;GeneratorExitsd;BaseExceptiont1;s1;0D0;'.encode('utf-8', 'surrogatepass'))
    return original(self, what, *args)
main.ProgramEnd.perform = perform
