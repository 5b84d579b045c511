/** Judges plans and manifests by rules in CEL, the Common Expression Language. */
@NullMarked
package dev.faultline.policy;

import org.jspecify.annotations.NullMarked;
