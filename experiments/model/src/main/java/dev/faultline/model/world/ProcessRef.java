package dev.faultline.model.world;

/**
 * One running process, and no other that may get its number later.
 *
 * @param name what people call it
 * @param identity boot, process number and start time, in the spelling of the hands
 */
public record ProcessRef(String name, String identity) {}
