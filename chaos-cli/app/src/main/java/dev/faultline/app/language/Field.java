package dev.faultline.app.language;

import java.util.Optional;

/**
 * One key of a mapping.
 *
 * @param name the key
 * @param text what its Javadoc says
 * @param form how its value is written
 * @param required whether it must be there
 * @param contract what its Javadoc promises
 * @param word the part that it is one possible word of, such as {@code fault}
 */
public record Field(
    String name,
    String text,
    Form form,
    boolean required,
    Contract contract,
    Optional<String> word) {

  /** What counts where the key is absent, where that can be written in its place. */
  public Optional<String> fallback() {
    return switch (form) {
      case Form.Time _, Form.Amount _ -> contract.absentAmount().map(amount -> amount.text());
      case Form.Whole _ -> contract.absent().filter(said -> said.matches("-?\\d+"));
      case Form.Flag _ -> contract.absent().filter(said -> said.matches("true|false"));
      case Form.OneWord words ->
          contract
              .absent()
              .filter(said -> words.terms().stream().anyMatch(term -> term.word().equals(said)));
      case Form.Text _ -> contract.absent().filter(said -> said.matches("[A-Z]+|\\S*/\\S*"));
      case Form.Pair _,
          Form.PortNumber _,
          Form.PortText _,
          Form.Several _,
          Form.Named _,
          Form.Keys _,
          Form.Wrapped _,
          Form.Own _ ->
          Optional.empty();
    };
  }
}
