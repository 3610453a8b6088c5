package org.tessera.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tessera sign}: a clinician's signature makes the result of a case final. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Notes at the running server that a clinician has signed the result of a case. What was sent"
          + " becomes final: the DiagnosticReport, and an SR in the place of the earlier one.",
      "Nobody checks here who signs: keep the server where only clinicians reach it."
    })
final class SignCommand implements Callable<Integer> {
  @Mixin private ActOptions options = new ActOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    return options.ask(spec, "sign", Map.of());
  }
}
