package dev.faultline.environment.postgres;

import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Tools;

/**
 * What servers are started with.
 *
 * @param program the programs of PostgreSQL
 * @param user as whom they run
 * @param lives starts servers
 * @param tools runs programs that end
 */
record Means(PostgresProgram program, ServerUser user, Lives lives, Tools tools) {}
