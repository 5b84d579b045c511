package dev.faultline.model.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/** Tells Jackson the naming rules of the language: sealed types as {@code word: value}. */
final class LanguageIntrospector extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  @Override
  public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
    if (annotated instanceof AnnotatedClass && isSealed(annotated.getRawType())) {
      return JsonTypeInfo.Value.construct(
          JsonTypeInfo.Id.NAME, JsonTypeInfo.As.WRAPPER_OBJECT, null, null, false, true, true);
    }
    return super.findPolymorphicTypeInfo(config, annotated);
  }

  @Override
  public List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
    return isSealed(annotated.getRawType())
        ? Words.of(annotated.getRawType()).entrySet().stream()
            .map(word -> new NamedType(word.getValue(), word.getKey()))
            .toList()
        : super.findSubtypes(config, annotated);
  }

  @Override
  public String findTypeName(MapperConfig<?> config, AnnotatedClass type) {
    return type.getRawType().isRecord()
        ? Words.wordOf(type.getRawType())
        : super.findTypeName(config, type);
  }

  @Override
  public PropertyName findNameForDeserialization(MapperConfig<?> config, Annotated annotated) {
    Key key = annotated.getAnnotation(Key.class);
    return key == null
        ? super.findNameForDeserialization(config, annotated)
        : PropertyName.construct(key.value());
  }

  @Override
  public PropertyName findNameForSerialization(MapperConfig<?> config, Annotated annotated) {
    Key key = annotated.getAnnotation(Key.class);
    return key == null
        ? super.findNameForSerialization(config, annotated)
        : PropertyName.construct(key.value());
  }

  /** A number or a truth has no form that says that it is absent: 0 and false say something. */
  @Override
  public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    return member.getRawType().isPrimitive()
        ? Boolean.TRUE
        : super.hasRequiredMarker(config, member);
  }

  private static boolean isSealed(Class<?> type) {
    return type.isSealed() && type.isInterface();
  }
}
