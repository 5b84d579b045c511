/** What shifts traffic between two versions: records that compute, and touch no router. */
@NullMarked
package dev.faultline.model.route;

import org.jspecify.annotations.NullMarked;
