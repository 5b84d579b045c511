package dev.faultline.app.language;

import dev.faultline.judge.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How a value is written, in words. */
public final class FormWords {

  private final Language language;

  /** Of this language. */
  public FormWords(Language language) {
    this.language = language;
  }

  /** What belongs to a key: its form, whether it must be there, what counts where it is not. */
  public String of(Field field) {
    List<String> words = new ArrayList<>(List.of(of(field.form())));
    range(field).forEach(words::add);
    if (field.required()) {
      words.add("required");
    }
    field.fallback().ifPresent(said -> words.add("default " + said));
    return String.join(", ", words);
  }

  private static List<String> range(Field field) {
    List<String> range = new ArrayList<>();
    Contract contract = field.contract();
    contract
        .least()
        .ifPresent(limit -> range.add((contract.above() ? "above " : "at least ") + limit));
    contract.most().ifPresent(limit -> range.add("at most " + limit));
    return range;
  }

  /** Such as {@code duration} or {@code list of texts}. */
  public String of(Form form) {
    return switch (form) {
      case Form.Text _ -> "text";
      case Form.Flag _ -> "true or false";
      case Form.Whole _ -> "whole number";
      case Form.Time _ -> "duration";
      case Form.Amount amount -> amount(amount.units());
      case Form.Pair _ -> "[low, high]";
      case Form.PortNumber _ -> "auto, or a port";
      case Form.PortText _ -> "name, number or range";
      case Form.OneWord words ->
          words.terms().stream().map(Form.Term::word).collect(Collectors.joining(" | "));
      case Form.Several several ->
          "%slist of %s"
              .formatted(
                  several.single() ? of(several.entry()) + ", or a " : "", of(several.entry()));
      case Form.Named named -> of(named.value()) + " by name";
      case Form.Keys keys -> keys(language.mapping(keys.type()));
      case Form.Wrapped _ -> "mapping of one key";
      case Form.Own own -> language.text(own.type());
    };
  }

  private String keys(Mapping mapping) {
    String whole = mapping.fields().isEmpty() ? "{}" : "mapping";
    return mapping.replaced()
        ? mapping.shorter().stream()
            .map(form -> form instanceof Form.Keys ? "mapping" : of(form))
            .collect(Collectors.joining(", or "))
        : mapping.shorter().stream().map(form -> of(form) + ", or ").collect(Collectors.joining())
            + whole;
  }

  private static String amount(Set<Unit> units) {
    return units.size() > 1
        ? "quantity, such as 1%, 300ms, 40/s or 7"
        : switch (units.iterator().next()) {
          case NUMBER -> "number";
          case SHARE -> "percentage";
          case SHARE_DIFFERENCE -> "percentage points";
          case SECONDS -> "duration";
          case BYTES -> "size";
          case PER_SECOND -> "rate";
        };
  }

  /** The mapping that a value is, or that its entries are; empty where it has no keys. */
  public List<Mapping> mapping(Form form) {
    return switch (form) {
      case Form.Several several -> mapping(several.entry());
      case Form.Named named -> mapping(named.value());
      case Form.Keys keys -> List.of(language.spelled(keys.type()));
      case Form.Text _,
          Form.Flag _,
          Form.Whole _,
          Form.Time _,
          Form.Amount _,
          Form.Pair _,
          Form.PortNumber _,
          Form.PortText _,
          Form.OneWord _,
          Form.Wrapped _,
          Form.Own _ ->
          List.of();
    };
  }

  /** The words of which a value is one. */
  public List<Form.Term> terms(Form form) {
    return switch (form) {
      case Form.OneWord words -> words.terms();
      case Form.Several several -> terms(several.entry());
      case Form.Keys keys ->
          language.mapping(keys.type()).shorter().stream()
              .flatMap(shorter -> terms(shorter).stream())
              .toList();
      case Form.Text _,
          Form.Flag _,
          Form.Whole _,
          Form.Time _,
          Form.Amount _,
          Form.Pair _,
          Form.PortNumber _,
          Form.PortText _,
          Form.Named _,
          Form.Wrapped _,
          Form.Own _ ->
          List.of();
    };
  }
}
