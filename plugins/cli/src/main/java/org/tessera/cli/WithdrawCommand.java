package org.tessera.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tessera withdraw}: takes the result of a case back everywhere it went. */
@Command(
    name = "withdraw",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Withdraws the result of a case at the running server: everything that was sent is marked as"
          + " entered in error, and an SR without findings takes the place of the earlier one.",
      "The case is analysed again only if a person asks for it."
    })
final class WithdrawCommand implements Callable<Integer> {
  @Mixin private ActOptions options = new ActOptions();

  @Option(
      names = "--reason",
      paramLabel = "SENTENCE",
      required = true,
      description = "Why, in one sentence for whoever has the result.")
  private String reason = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    return options.ask(spec, "withdraw", Map.of("reason", reason));
  }
}
