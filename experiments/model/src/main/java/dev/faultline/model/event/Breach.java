package dev.faultline.model.event;

import java.util.Optional;

/**
 * What a rollout would take all traffic back for, did it not ask a person, or give the canary more
 * pods.
 *
 * @param reason a gate that was breached, or a canary that is worse
 * @param gate the gate, where it is one
 * @param words what happened, in one sentence without a full stop
 */
public record Breach(StopReason reason, Optional<String> gate, String words) {}
