package org.tessera.server.fhir;

import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tessera.runtime.analyze.SearchTerm;
import org.tessera.runtime.analyze.SearchTerm.Token;

/** Search parameters of HAPI as terms of ours. */
final class Terms {
  private final List<SearchTerm> all = new ArrayList<>();

  List<SearchTerm> all() {
    return all;
  }

  /** {@code system|value}, {@code |value}, {@code system|}, {@code value} (R4 3.1.1.4.10). */
  Terms token(String name, @Nullable TokenOrListParam given) {
    if (given != null) {
      List<Token> tokens = new ArrayList<>();
      for (TokenParam each : given.getValuesAsQueryTokens()) {
        if (each.getModifier() != null) {
          throw Outcomes.exception(
              400, "The search parameter %s has no modifiers here.".formatted(name));
        }
        tokens.add(
            new Token(
                Optional.ofNullable(each.getSystem()),
                Optional.ofNullable(each.getValue()).filter(value -> !value.isEmpty())));
      }
      all.add(new SearchTerm(name, tokens));
    }
    return this;
  }

  /** {@code Type/id}, or with {@code :identifier} the token of a logical reference. */
  Terms reference(String name, String type, @Nullable ReferenceOrListParam given) {
    if (given != null) {
      List<Token> literal = new ArrayList<>();
      List<Token> logical = new ArrayList<>();
      for (ReferenceParam each : given.getValuesAsQueryTokens()) {
        if (isIdentifier(each)) {
          logical.add(identifier(each.getValue()));
        } else if (each.getChain() != null) {
          throw Outcomes.exception(
              400, "The search parameter %s is chained to identifier only.".formatted(name));
        } else {
          String target = each.hasResourceType() ? each.getResourceType() : type;
          literal.add(
              new Token(Optional.empty(), Optional.of(target + "/" + each.getIdPart())));
        }
      }
      all.add(
          logical.isEmpty()
              ? new SearchTerm(name, literal)
              : new SearchTerm(name + ":identifier", logical));
    }
    return this;
  }

  private static boolean isIdentifier(ReferenceParam param) {
    return "identifier".equals(param.getChain()) || "identifier".equals(param.getResourceType());
  }

  private static Token identifier(String text) {
    int bar = text.indexOf('|');
    return bar < 0
        ? new Token(Optional.empty(), Optional.of(text))
        : new Token(
            Optional.of(text.substring(0, bar)),
            Optional.of(text.substring(bar + 1)).filter(value -> !value.isEmpty()));
  }
}
