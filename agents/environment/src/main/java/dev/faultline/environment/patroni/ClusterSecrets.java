package dev.faultline.environment.patroni;

import dev.faultline.environment.postgres.Access;
import dev.faultline.environment.postgres.SecretFile;

/**
 * The passwords of a cluster, which live as long as its lab.
 *
 * @param superuser who may do everything in each server
 * @param replication of the role that standbys have
 * @param clients who owns the database
 * @param api who may change something through the agents
 */
record ClusterSecrets(Access superuser, String replication, Access clients, Loopback.Login api) {

  /** New ones. */
  static ClusterSecrets random(PatroniPlan plan) {
    return new ClusterSecrets(
        new Access("postgres", SecretFile.newSecret(), "postgres"),
        SecretFile.newSecret(),
        new Access(PatroniPlan.USER, SecretFile.newSecret(), plan.database()),
        new Loopback.Login("faultline", SecretFile.newSecret()));
  }

  @Override
  public String toString() {
    return "secrets";
  }
}
