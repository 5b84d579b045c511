package dev.faultline.serve;

import dev.faultline.gameday.course.Chronicle;
import dev.faultline.serve.door.Keys;
import dev.faultline.serve.door.Listen;
import dev.faultline.serve.door.Token;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is served, and to whom.
 *
 * @param listen where
 * @param token what opens the page; empty where it is open to this machine
 * @param keys what TLS needs; empty without TLS
 * @param state the state folder of Faultline, with the runs and the schedule's journal
 * @param schedule the folder of game days; empty where none are shown
 * @param store what schedulers did that share a store; empty where the schedule's journal says it
 * @param version of Faultline, as it is shown
 */
public record Settings(
    Listen listen,
    Optional<Token> token,
    Optional<Keys> keys,
    Path state,
    Optional<Path> schedule,
    Optional<Chronicle> store,
    String version) {}
