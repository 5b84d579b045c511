package dev.faultline.engine.audit;

import java.time.Instant;

/**
 * One record of the log.
 *
 * @param number from 1, without gaps
 * @param at when
 * @param who who
 * @param act did what
 * @param before the hash of the record before; zeros for the first one
 */
public record AuditRecord(long number, Instant at, Who who, Act act, String before) {}
