/**
 * The walls between rooms, and the habits inside them. Each is proved twice: our code keeps it, and
 * a few lines that break it are found.
 */
@NullMarked
package dev.faultline.app.walls;

import org.jspecify.annotations.NullMarked;
