package dev.faultline.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command without a verb. */
@Command(
    name = "faultline",
    description = "Breaks a system on purpose and says with evidence whether it stood.",
    mixinStandardHelpOptions = true,
    versionProvider = Faultline.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nExample:",
      "  faultline run examples/shop/crashed-payments.yaml",
      "%nExit codes:",
      "  0 passed   1 failed, undo proven   2 usage or invalid file   3 refused",
      "  4 inconclusive   5 environment not ready   6 halted   7 UNDO NOT PROVEN",
      "  10 internal error   130, 143 cut short by a second signal"
    })
final class Faultline extends Verbless {

  Faultline(Console console) {
    super(console);
  }

  /** Says which Faultline this is. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"faultline " + Setup.version()};
    }
  }
}
