/** An etcd as the database of an environment, spoken to by its JSON gateway. */
@NullMarked
package dev.faultline.environment.database.etcd;

import org.jspecify.annotations.NullMarked;
