# 0 | nested more than 100 deep
def f(x):
    answer = []
    answer.append(answer)
    return answer
