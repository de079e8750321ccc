# 0 | the program does not run: PermissionError
import os, resource
resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (0, 0))
