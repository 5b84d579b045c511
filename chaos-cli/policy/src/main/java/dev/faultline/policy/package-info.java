/**
 * Judges plans and manifests by rules in CEL, the Common Expression Language, and in Rego, which
 * the Open Policy Agent decides.
 */
@NullMarked
package dev.faultline.policy;

import org.jspecify.annotations.NullMarked;
