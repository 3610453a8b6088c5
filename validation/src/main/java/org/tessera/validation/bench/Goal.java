package org.tessera.validation.bench;

/**
 * What a ratio is held against.
 *
 * @param name of the figure
 * @param goal the least ratio
 * @param value the ratio measured
 */
public record Goal(String name, double goal, double value) {
  public boolean met() {
    return value >= goal;
  }
}
