# 0 | the program does not run: the program ended its own process
import os
os._exit(0)
