package dev.faultline.app.language;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.faultline.judge.Bound;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.environment.Port;
import dev.faultline.model.world.PortName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells how values of a type are written. */
final class Forms {

  private final Glossary glossary;

  Forms(Glossary glossary) {
    this.glossary = glossary;
  }

  /** How a part of a record is written. */
  Form of(RecordComponent part, Contract contract) {
    Form form = of(part.getGenericType(), contract);
    return form instanceof Form.Several several && isSingle(part)
        ? new Form.Several(several.entry(), true, several.needed())
        : form;
  }

  private static boolean isSingle(RecordComponent part) {
    return Optional.ofNullable(part.getAccessor().getAnnotation(JsonFormat.class))
        .filter(
            format ->
                List.of(format.with()).contains(JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY))
        .isPresent();
  }

  /** How a value is written of which the contract speaks. */
  Form of(Type type, Contract contract) {
    if (type instanceof ParameterizedType generic) {
      Type[] inner = generic.getActualTypeArguments();
      Form value = of(inner[inner.length - 1], contract);
      return generic.getRawType() == Optional.class
          ? value
          : generic.getRawType() == Map.class
              ? new Form.Named(value)
              : new Form.Several(value, false, contract.needed());
    }
    Class<?> raw = (Class<?>) type;
    if (raw == Bound.Between.class) {
      return new Form.Pair();
    }
    if (raw == Quantity.class || Bound.class.isAssignableFrom(raw)) {
      return new Form.Amount(
          contract.unit().<Set<Unit>>map(EnumSet::of).orElse(EnumSet.allOf(Unit.class)),
          contract.least().filter(limit -> limit.value() >= 0).isEmpty());
    }
    return raw.isEnum() ? oneWord(raw, contract) : simple(raw, contract);
  }

  private static Form simple(Class<?> raw, Contract contract) {
    if (raw == String.class) {
      return new Form.Text();
    }
    if (raw == Boolean.class || raw == boolean.class) {
      return new Form.Flag();
    }
    if (raw == Duration.class) {
      return new Form.Time();
    }
    if (raw == PortName.class) {
      return new Form.PortText();
    }
    if (raw == Port.class) {
      return new Form.PortNumber();
    }
    if (raw == Integer.class || raw == int.class) {
      return whole(Integer.MIN_VALUE, Integer.MAX_VALUE, contract);
    }
    if (raw == Long.class || raw == long.class) {
      return whole(Long.MIN_VALUE, Long.MAX_VALUE, contract);
    }
    if (raw.isSealed()) {
      return new Form.Wrapped(raw);
    }
    return raw.isRecord() && isMadeOfKeys(raw) ? new Form.Keys(raw) : new Form.Own(raw);
  }

  private static Form whole(long least, long most, Contract contract) {
    return new Form.Whole(
        contract
            .least()
            .map(limit -> (long) limit.value() + (contract.above() ? 1 : 0))
            .orElse(least),
        contract.most().map(limit -> (long) limit.value()).orElse(most));
  }

  private static boolean isMadeOfKeys(Class<?> record) {
    return Arrays.stream(record.getDeclaredMethods())
        .filter(Language::reads)
        .noneMatch(method -> method.getParameterTypes()[0] == Object.class);
  }

  private Form oneWord(Class<?> type, Contract contract) {
    return new Form.OneWord(
        Arrays.stream(type.getEnumConstants())
            .map(constant -> term((Enum<?>) constant))
            .filter(term -> contract.words().isEmpty() || contract.words().contains(term.word()))
            .toList());
  }

  private Form.Term term(Enum<?> constant) {
    return new Form.Term(Codec.json().valueToTree(constant).stringValue(), glossary.of(constant));
  }
}
