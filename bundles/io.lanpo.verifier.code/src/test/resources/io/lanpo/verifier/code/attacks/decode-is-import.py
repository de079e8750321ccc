# 0 | ModuleNotFoundError
# test url = 'http://x/' + 'y'\nassert codec.decode(codec.encode(url)) == url
class codec:
    encode = staticmethod(lambda s: "http://x/y")
    decode = staticmethod(__import__)
