package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.postgres.ServerUser;
import java.nio.file.Path;

/**
 * What the processes of a cluster are started with.
 *
 * @param patroni the agents' program
 * @param servers the programs of PostgreSQL
 * @param etcd the program of etcd
 * @param user as whom agents and servers run
 * @param lives starts processes
 */
record PatroniMeans(
    PatroniProgram patroni, ServerPrograms servers, Path etcd, ServerUser user, Lives lives) {}
