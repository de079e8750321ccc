# 0 | the program does not run: BlockingIOError
import os
while True:
    os.fork()
