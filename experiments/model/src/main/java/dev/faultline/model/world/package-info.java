/**
 * What there is and what can be done to it: facts, actions, queries, their answers, and the port to
 * all of that.
 */
@NullMarked
package dev.faultline.model.world;

import org.jspecify.annotations.NullMarked;
