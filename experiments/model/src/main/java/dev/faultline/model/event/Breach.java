package dev.faultline.model.event;

import java.util.Optional;

/**
 * What a rollout would take all traffic back for, were it not held until a person decides.
 *
 * @param reason a gate that was breached, or a canary that is worse
 * @param gate the gate, where it is one
 * @param words what happened, in one sentence without a full stop
 */
public record Breach(StopReason reason, Optional<String> gate, String words) {}
