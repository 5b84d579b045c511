/** What touches the world: one small part for each family of actions and queries. */
@NullMarked
package dev.faultline.environment.hands;

import org.jspecify.annotations.NullMarked;
