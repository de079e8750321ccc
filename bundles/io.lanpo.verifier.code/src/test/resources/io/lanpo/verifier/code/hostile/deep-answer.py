# 0 | nested more than 100 deep
def f(x):
    answer = []
    for _ in range(100000):
        answer = [answer]
    return answer
