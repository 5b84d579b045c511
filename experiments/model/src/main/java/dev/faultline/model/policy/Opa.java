package dev.faultline.model.policy;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.faultline.model.codec.InvalidValue;
import java.util.List;
import java.util.Optional;

/**
 * The Open Policy Agent, which decides rules that are written in Rego.
 *
 * @param modules files and folders of Rego, from the folder of the policy's file; or else {@code
 *     url}
 * @param program the program that decides by these; {@code opa} when absent
 * @param url a server that has its rules already, such as {@code http://127.0.0.1:8181}
 * @param bearerTokenFile a file with the token that the server wants, from the folder of the
 *     policy's file; only for {@code https}, or a server of this machine
 */
public record Opa(
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> modules,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> program,
    Optional<String> url,
    Optional<String> bearerTokenFile) {

  private static final String URL = "https?://[A-Za-z0-9.:\\[\\]-]{1,260}(/[A-Za-z0-9._~/-]*)?";

  private static final String HERE =
      "http://(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?(/.*)?";

  /** Requires modules or a server, and nothing of the other. */
  public Opa {
    modules = List.copyOf(modules);
    program = List.copyOf(program);
    if (modules.isEmpty() == url.isEmpty()) {
      throw new InvalidValue(
          url.isPresent() ? "url" : "modules",
          "rules in Rego are in 'modules', such as release.rego, or at the 'url' of a server");
    }
    if (url.isPresent() && !url.get().matches(URL)) {
      throw new InvalidValue(
          "url", "'%s' is no address; write it such as http://127.0.0.1:8181".formatted(url.get()));
    }
    if (url.isPresent() && !program.isEmpty()) {
      throw new InvalidValue("program", "a server decides by itself; remove 'program' or 'url'");
    }
    if (url.isEmpty() && bearerTokenFile.isPresent()) {
      throw new InvalidValue("bearerTokenFile", "a program wants no token; remove it");
    }
    if (bearerTokenFile.isPresent() && url.filter(Opa::isInTheClear).isPresent()) {
      throw new InvalidValue(
          "bearerTokenFile",
          "the token would cross the network in the clear, as the url is http://; write https://,"
              + " or ask a server of this machine, such as http://127.0.0.1:8181");
    }
    for (int i = 0; i < modules.size(); i++) {
      if (modules.get(i).isBlank() || modules.get(i).startsWith("-")) {
        throw new InvalidValue("modules/" + i, "this is no file of Rego");
      }
    }
    if (!program.isEmpty() && program.getFirst().isBlank()) {
      throw new InvalidValue("program", "'program' begins with no program");
    }
  }

  /** Whether what is sent there can be read on its way; of names, only localhost stays here. */
  private static boolean isInTheClear(String url) {
    return url.startsWith("http://") && !url.matches(HERE);
  }

  /** What is started where there is no server. */
  public List<String> command() {
    return program.isEmpty() ? List.of("opa") : program;
  }
}
