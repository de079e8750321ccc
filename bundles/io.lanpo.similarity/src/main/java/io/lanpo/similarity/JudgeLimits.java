package io.lanpo.similarity;

/**
 * How a policy is asked to judge.
 *
 * @param candidates most past questions it is asked about for one at hand
 * @param maxTokens longest answer in tokens
 * @param full the number that stands for full relevance
 * @param unreadable the score of an answer without a number in the scale
 */
record JudgeLimits(int candidates, int maxTokens, double full, double unreadable) {}
