# 0 | the program does not run: MemoryError
x = "x"
while True:
    x += x
