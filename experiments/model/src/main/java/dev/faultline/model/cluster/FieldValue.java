package dev.faultline.model.cluster;

/** A field of an object with its value. */
public record FieldValue(ObjectField field, String value) {}
