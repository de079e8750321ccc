# 0 | shows other items
# test r = f('aab')\nassert sorted(r.values()) == [1, 2]\nassert r['a'] == 2 and r['b'] == 1 and r['c'] == 7
class M:
    def keys(self): return ['a', 'b']
    def __iter__(self): return iter('ab')
    def values(self): return [1, 2]
    def __getitem__(self, k): return {'a': 5}.get(k, 1)
def f(s): return M()
