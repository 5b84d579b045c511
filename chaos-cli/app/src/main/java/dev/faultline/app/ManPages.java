package dev.faultline.app;

import dev.faultline.app.shell.ManPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes the manual pages of all commands; the build runs it. */
final class ManPages {

  private ManPages() {}

  /** Takes the folder, which is made where it is missing. */
  public static void main(String[] args) throws IOException {
    write(Commands.all(Console.system()).getCommandSpec(), Path.of(args[0]));
  }

  static void write(CommandSpec command, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(ManPage.name(command) + ".1"),
        ManPage.of(command, "faultline " + Setup.version()));
    for (CommandLine below : command.subcommands().values()) {
      write(below.getCommandSpec(), folder);
    }
  }
}
