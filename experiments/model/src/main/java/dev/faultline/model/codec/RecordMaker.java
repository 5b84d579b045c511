package dev.faultline.model.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;

/**
 * Makes records by their constructors. Jackson adapts a method handle to the number of parts for
 * each record that it makes, which is a tenth of reading a journal; Java's own reflection does so
 * once for each constructor.
 */
final class RecordMaker extends StdValueInstantiator {

  private final Constructor<?> constructor;

  private RecordMaker(StdValueInstantiator jackson, Constructor<?> constructor) {
    super(jackson);
    this.constructor = constructor;
  }

  @Override
  public Object createFromObjectWith(DeserializationContext context, @Nullable Object[] parts) {
    try {
      return constructor.newInstance(parts);
    } catch (InvocationTargetException refused) {
      return context.handleInstantiationProblem(
          getValueClass(), parts, rewrapCtorProblem(context, refused.getCause()));
    } catch (ReflectiveOperationException | IllegalArgumentException misfit) {
      return context.handleInstantiationProblem(
          getValueClass(), parts, rewrapCtorProblem(context, misfit));
    }
  }

  /** Takes over for every record that is made by its canonical constructor. */
  static final class ForRecords extends ValueInstantiators.Base {
    @Override
    public ValueInstantiator modifyValueInstantiator(
        DeserializationConfig config, BeanDescription.Supplier type, ValueInstantiator jackson) {
      return jackson instanceof StdValueInstantiator standard
              && type.getBeanClass().isRecord()
              && jackson.canCreateFromObjectWith()
              && jackson.getWithArgsCreator().getAnnotated() instanceof Constructor<?> constructor
          ? new RecordMaker(standard, constructor)
          : jackson;
    }
  }
}
