package org.tessera.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Status;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NarrativeSentence;
import org.tessera.explain.narrative.SentenceVerifier;
import org.tessera.explain.narrative.Supported;

/**
 * The report in sentences: one per supported finding, from a template, and one more where the note
 * or record disagrees. Nothing is said about what was not found, withheld or abstained, and nothing
 * ever claims normality. A phantom finding says that it is one.
 */
public final class Narrative {
  private Narrative() {}

  /** The sentences of a case; none if nothing is supported. */
  public static List<NarrativeSentence> of(List<Finding> findings) {
    List<Draft> drafts = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding.status() == Status.SUPPORTED) {
        drafts.add(new Draft(statement(finding), List.of(finding.id())));
        warning(finding).ifPresent(drafts::add);
      }
    }
    return traced(drafts, findings);
  }

  /**
   * A sentence that has not been checked yet.
   *
   * @param sentence the words
   * @param findings ids of the findings that it claims to rest on
   */
  public record Draft(String sentence, List<String> findings) {
    public Draft {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Holds sentences, whoever wrote them, against the findings; those that do not trace to supported
   * findings are struck out.
   */
  public static List<NarrativeSentence> traced(List<Draft> drafts, List<Finding> findings) {
    return drafts.stream()
        .map(
            draft -> {
              Optional<String> struck = SentenceTrace.objection(draft, findings);
              return new NarrativeSentence(
                  draft.sentence(), draft.findings(), struck.isEmpty(), struck);
            })
        .toList();
  }

  /**
   * A text that somebody else wrote, for example a remote model, sentence by sentence; what no
   * supported finding entails is struck out (see {@link SentenceVerifier}).
   *
   * @param text in English
   * @param findings all findings of the case
   */
  public static List<NarrativeSentence> ofOthers(String text, List<Finding> findings) {
    return SentenceVerifier.verify(
        text,
        findings.stream()
            .filter(finding -> finding.status() == Status.SUPPORTED)
            .map(Supported::of)
            .toList());
  }

  private static String statement(Finding finding) {
    double threshold =
        finding.operatingPoint().map(Finding.OperatingPoint::threshold).orElse(0.0);
    String head =
        finding.code().system().equals(Coding.PHANTOM)
            ? finding.code().display() + " (a phantom finding: synthetic, not of a patient)"
            : finding.code().display();
    return "%s, probability %s (operating point %s)%s."
        .formatted(
            head,
            Phrases.percent(finding.probability().orElse(0)),
            Phrases.percent(threshold),
            resting(finding));
  }

  private static String resting(Finding finding) {
    String carrier =
        finding.contributions().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .max(Comparator.comparingDouble(Map.Entry<Modality, Double>::getValue)
                .thenComparing(Map.Entry::getKey))
            .map(entry -> ", resting mainly on the " + entry.getKey().wireName())
            .orElse("");
    Set<String> inputs = new LinkedHashSet<>();
    finding.highlights().stream().map(Highlight::input).forEach(inputs::add);
    if (inputs.isEmpty()) {
      return carrier + "; no trustworthy place can be shown";
    }
    return "%s; highlighted in %s".formatted(carrier, String.join(" and ", inputs));
  }

  private static Optional<Draft> warning(Finding finding) {
    return finding.checks().stream()
        .filter(check -> check.name().equals("contradiction"))
        .filter(check -> check.verdict() == Verdict.WARN)
        .findFirst()
        .map(Check::reason)
        .map(
            reason ->
                new Draft(
                    "%s: %s"
                        .formatted(
                            finding.code().display(),
                            reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1)),
                    List.of(finding.id())));
  }
}
