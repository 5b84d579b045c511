package dev.faultline.node.packet;

import java.nio.file.Path;

/** The process at whose socket a packet begins or ends. */
public sealed interface Owner {

  /**
   * Any process of a user; only packets that go out, as the kernel knows no user of others.
   *
   * @param id of the user, 0 to 2<sup>32</sup> - 2
   */
  record User(long id) implements Owner {
    /**
     * @throws IllegalArgumentException when the kernel has no such user
     */
    public User {
      if (id < 0 || id > 0xFFFF_FFFEL) {
        throw new IllegalArgumentException("not a user: " + id);
      }
    }
  }

  /**
   * Any process of a control group (version 2) or of one below it.
   *
   * @param path of its folder below the place where control groups are mounted, such as {@code
   *     system.slice/shop.service}
   */
  record Group(Path path) implements Owner {
    /**
     * @throws IllegalArgumentException when it is not below that place
     */
    public Group {
      path = path.normalize();
      if (path.isAbsolute() || path.toString().isEmpty() || path.startsWith("..")) {
        throw new IllegalArgumentException("not a path of a control group: '" + path + "'");
      }
    }
  }
}
