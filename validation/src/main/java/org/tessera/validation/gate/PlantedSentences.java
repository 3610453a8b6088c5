package org.tessera.validation.gate;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Status;
import org.tessera.casemodel.NarrativeSentence;
import org.tessera.explain.narrative.SentenceVerifier;
import org.tessera.explain.narrative.Supported;

/** Sentences that a remote model might write about a judged case, true and false ones. */
public final class PlantedSentences {
  /** What is said. */
  public enum Kind {
    /** A finding that the gate does not support on this case. */
    INVENTED("invented sentences", "There is %s."),
    /** A supported finding, on a side that nothing shows. */
    WRONG_SIDE("sentences with a side that is not known", "There is %s on the left."),
    /** A supported finding denied. */
    DENIED("sentences that deny a supported finding", "There is no evidence of %s."),
    /** A supported finding, as it is. */
    TRUE("true sentences", "There is %s.");

    private final String words;
    private final String frame;

    Kind(String words, String frame) {
      this.words = words;
      this.frame = frame;
    }

    /** In a table. */
    public String words() {
      return words;
    }

    /** Only a true sentence is to stand. */
    public boolean mayStand() {
      return this == TRUE;
    }

    private boolean isOf(Finding finding) {
      return (this == INVENTED) != (finding.status() == Status.SUPPORTED);
    }
  }

  /**
   * How many there were.
   *
   * @param n written
   * @param struck of them struck out
   */
  public record Tally(int n, int struck) {
    /** Both together. */
    public Tally plus(Tally other) {
      return new Tally(n + other.n, struck + other.struck);
    }
  }

  private PlantedSentences() {}

  /**
   * Writes one of each kind for each finding that it fits, and has them verified.
   *
   * @param findings of one judged case
   */
  public static Map<Kind, Tally> in(List<Finding> findings) {
    List<Supported> supported =
        findings.stream()
            .filter(each -> each.status() == Status.SUPPORTED)
            .map(Supported::of)
            .toList();
    Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      for (Finding finding : findings) {
        if (kind.isOf(finding)) {
          String sentence =
              kind.frame.formatted(finding.code().display().toLowerCase(Locale.ROOT));
          boolean struck =
              SentenceVerifier.verify(sentence, supported).stream()
                  .noneMatch(NarrativeSentence::passed);
          tallies.merge(kind, new Tally(1, struck ? 1 : 0), Tally::plus);
        }
      }
    }
    return tallies;
  }
}
