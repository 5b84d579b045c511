package dev.faultline.node.relay;

/**
 * What went through a relay so far.
 *
 * @param accepted connections, with those that were refused
 * @param refused by a fault
 * @param failed because the server could not be reached
 * @param open at this moment
 * @param toTarget bytes that the server was given
 * @param fromTarget bytes that clients were given
 */
public record RelayTraffic(
    long accepted, long refused, long failed, long open, long toTarget, long fromTarget) {}
