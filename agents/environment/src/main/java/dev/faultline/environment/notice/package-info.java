/** Tells others of a game day: programs, chats, an Alertmanager, a Grafana. */
@NullMarked
package dev.faultline.environment.notice;

import org.jspecify.annotations.NullMarked;
