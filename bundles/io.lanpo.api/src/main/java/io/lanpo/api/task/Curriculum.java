package io.lanpo.api.task;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Demonstrations for a cold start and for replay. They teach skills; what reinforcement learning is
 * to find out they never tell, though the words for it may occur with meanings that change each
 * time.
 */
@ConsumerType
public interface Curriculum {
  /**
   * Every word that the demonstrations and problems of this task use; the vocabulary of a new
   * model.
   */
  List<String> vocabulary();

  /**
   * A demonstration of the cold start.
   *
   * @param progress how much of the cold start is over, from 0 (begin) to 1 (end)
   * @param random the only source of randomness
   */
  Demonstration demonstrate(double progress, RandomGenerator random);

  /**
   * A demonstration for replay during reinforcement learning.
   *
   * @param random the only source of randomness
   */
  Demonstration replay(RandomGenerator random);

  /**
   * Loss weight of words that matter more than others in the cold start; 1 for every word not
   * named.
   */
  Map<String, Double> wordWeights();

  /**
   * What the policy must be able to do before reinforcement learning begins.
   *
   * @param random the only source of randomness
   */
  List<Exam> exams(RandomGenerator random);
}
