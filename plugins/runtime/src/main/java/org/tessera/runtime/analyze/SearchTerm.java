package org.tessera.runtime.analyze;

import java.util.List;
import java.util.Optional;

/**
 * What a search asks of one parameter: one of its tokens.
 *
 * @param param for example {@code identifier}
 * @param tokens any of them
 */
public record SearchTerm(String param, List<Token> tokens) {
  public SearchTerm {
    tokens = List.copyOf(tokens);
  }

  /**
   * A token.
   *
   * @param system empty is any; an empty text is none
   * @param value empty is any
   */
  public record Token(Optional<String> system, Optional<String> value) {}
}
