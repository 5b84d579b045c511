package dev.faultline.model.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.faultline.judge.Bound;
import dev.faultline.judge.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * One set of rules between records and text, for files and journal alike: unknown and duplicate
 * keys are refused, absent lists are empty, and a value of a sealed type is written under its word.
 */
public final class Codec {

  private static final JsonMapper JSON = configure(JsonMapper.builder()).build();

  private Codec() {}

  /** The codec for JSON: journal, plan and report files. Thread-safe. */
  public static JsonMapper json() {
    return JSON;
  }

  /**
   * Reads JSON that Faultline wrote: what lacks a part, as after another version, is refused rather
   * than read with a hole. Thread-safe.
   */
  public static ObjectReader whole(Class<?> type) {
    return JSON.readerFor(type).with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
  }

  /** Puts the rules on a mapper of any format. */
  public static <B extends MapperBuilder<?, B>> B configure(B builder) {
    JsonSetter.Value empty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
    return builder
        .annotationIntrospector(new LanguageIntrospector())
        .enumNamingStrategy(EnumNamingStrategies.LOWER_CAMEL_CASE)
        .addModule(language())
        .addMixIn(Bound.Below.class, BoundForms.Limit.class)
        .addMixIn(Bound.Above.class, BoundForms.Limit.class)
        .addMixIn(Bound.Equals.class, BoundForms.Limit.class)
        .addMixIn(Bound.Between.class, BoundForms.Interval.class)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(
            MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(
            SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.ORDER_SET_ELEMENTS)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .withCoercionConfig(
            LogicalType.Textual,
            text -> {
              text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
              text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
              text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_EMPTY))
        .withConfigOverride(
            String.class,
            override ->
                override.setInclude(
                    JsonInclude.Value.construct(
                        JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS)))
        .withConfigOverride(List.class, override -> override.setNullHandling(empty))
        .withConfigOverride(Set.class, override -> override.setNullHandling(empty))
        .withConfigOverride(Map.class, override -> override.setNullHandling(empty));
  }

  private static SimpleModule language() {
    SimpleModule module =
        new SimpleModule("language") {
          @Override
          public void setupModule(SetupContext context) {
            super.setupModule(context);
            context.addValueInstantiators(new RecordMaker.ForRecords());
          }
        };
    module.addDeserializer(Quantity.class, new QuantityReader());
    module.addSerializer(Quantity.class, new AsText<>(Quantity.class, Quantity::text));
    module.addDeserializer(Duration.class, new DurationReader());
    module.addDeserializer(Instant.class, new InstantReader());
    module.addSerializer(Duration.class, new AsText<>(Duration.class, DurationReader::spell));
    module.setDeserializerModifier(new InlineWords());
    module.setSerializerModifier(new InlineWordsWriter());
    return module;
  }
}
