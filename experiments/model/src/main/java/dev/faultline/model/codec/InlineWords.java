package dev.faultline.model.codec;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.node.ObjectNode;

/** Reads records with {@link OneOf} components: gathers each word under its component. */
final class InlineWords extends ValueDeserializerModifier {

  private static final long serialVersionUID = 1L;

  @Override
  public ValueDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription.Supplier bean, ValueDeserializer<?> reader) {
    List<RecordComponent> inlined = Words.inlined(bean.getBeanClass());
    return inlined.isEmpty() ? reader : new Gathering(reader, inlined);
  }

  private static final class Gathering extends DelegatingDeserializer {

    private final transient List<RecordComponent> inlined;

    Gathering(ValueDeserializer<?> reader, List<RecordComponent> inlined) {
      super(reader);
      this.inlined = inlined;
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> reader) {
      return new Gathering(reader, inlined);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
      JsonNode tree = context.readTree(parser);
      if (tree instanceof ObjectNode object) {
        inlined.forEach(component -> gather(object, component));
      }
      try (JsonParser gathered = context.treeAsTokens(tree)) {
        gathered.nextToken();
        return super.deserialize(gathered, context);
      } catch (DatabindException complaint) {
        throw asWritten(complaint, tree);
      }
    }

    // In the file the word stands where the path has the name of the component.
    private DatabindException asWritten(DatabindException complaint, JsonNode gathered) {
      List<JacksonException.Reference> path = complaint.getPath();
      for (RecordComponent component : inlined) {
        if (!path.isEmpty() && component.getName().equals(path.getFirst().getPropertyName())) {
          String word = gathered.get(component.getName()).propertyNames().iterator().next();
          DatabindException renamed =
              DatabindException.from((JsonParser) null, complaint.getOriginalMessage(), complaint);
          path.subList(1, path.size()).reversed().forEach(renamed::prependPath);
          renamed.prependPath(component.getDeclaringRecord(), word);
          return renamed;
        }
      }
      return complaint;
    }

    // A mistyped word is the likeliest reason why none is there.
    private static void refuseMistyped(ObjectNode object, RecordComponent component) {
      Class<?> record = component.getDeclaringRecord();
      for (String key : object.propertyNames()) {
        if (!Words.keysOf(record).contains(key) && !isGathered(key, component)) {
          throw new InvalidValue(key, Words.unknown("key", key, Words.keysOf(record)));
        }
      }
    }

    /** Whether it is no key of the file, but what a word before this one was gathered under. */
    private static boolean isGathered(String key, RecordComponent component) {
      return !component.getName().equals(key)
          && Words.inlined(component.getDeclaringRecord()).stream()
              .map(RecordComponent::getName)
              .anyMatch(key::equals);
    }

    private static void gather(ObjectNode object, RecordComponent component) {
      Map<String, Class<?>> words = Words.of(Words.choiceOf(component));
      List<String> present =
          object.propertyNames().stream().filter(words::containsKey).sorted().toList();
      if (present.size() > 1) {
        throw new InvalidValue(
            present.getLast(),
            "only one of %s can stand here".formatted(String.join(", ", present)));
      }
      OneOf rule = component.getAnnotation(OneOf.class);
      if (present.isEmpty() && object.has(rule.impliedBy())) {
        object.putObject(component.getName()).putObject(rule.implied());
        return;
      }
      if (present.isEmpty() && Words.isOptional(component) && !object.has(component.getName())) {
        return;
      }
      if (present.isEmpty() || object.has(component.getName())) {
        refuseMistyped(object, component);
        throw new InvalidValue(
            "one of these is missing: %s".formatted(String.join(", ", words.keySet())));
      }
      JsonNode value = object.remove(present.getFirst());
      object.putObject(component.getName()).set(present.getFirst(), value);
    }
  }
}
