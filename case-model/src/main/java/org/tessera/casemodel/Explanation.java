package org.tessera.casemodel;

import java.util.List;

/**
 * How the highlights were made, and whether they may be shown.
 *
 * @param method name of the method
 * @param trusted true only if every test passed on this very case
 * @param tests what was tested
 */
public record Explanation(String method, boolean trusted, List<TrustTest> tests) {
  public Explanation {
    tests = List.copyOf(tests);
  }

  /**
   * A test of the highlights.
   *
   * @param name for example {@code deletion}
   * @param score what was measured
   * @param threshold what it was held against
   * @param passed the outcome
   */
  public record TrustTest(String name, double score, double threshold, boolean passed) {}
}
