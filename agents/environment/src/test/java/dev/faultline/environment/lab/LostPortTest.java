package dev.faultline.environment.lab;

import static dev.faultline.environment.lab.LabKit.lab;
import static dev.faultline.environment.lab.LabKit.place;
import static dev.faultline.environment.lab.LabKit.processesMentioning;
import static dev.faultline.environment.lab.LabKit.tiny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.lab.LabKit.Told;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Sighting.Kind;
import dev.faultline.model.world.Wiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostPortTest {

  private static final Pattern PORT_OF_WEB = Pattern.compile("web-listens-on-(\\d+)");

  private final Told told = new Told();

  @TempDir private Path folder;

  @Test
  void a_lab_starts_over_when_another_program_takes_a_port_that_it_chose() throws Exception {
    AtomicReference<ServerSocket> thief = new AtomicReference<>();
    try (LabHabitat habitat =
        new LabHabitat(
            lab(tiny("web").needs("store"), tiny("store", "web-listens-on-${web.http}")),
            List.of(),
            Wiring.NONE,
            place(folder),
            sighting -> stealOnce(thief, sighting))) {
      habitat.prepare();

      assertThat(told.words(Kind.PROGRESS))
          .contains("another program took a port of the lab; starting over with others");
      assertThat(thief.get().getLocalPort()).isNotEqualTo(portOfWeb());
    } finally {
      thief.get().close();
    }
    assertThat(processesMentioning(folder)).isEmpty();
  }

  /**
   * Takes the port of web after it was chosen and before web, which waits for store, is started.
   */
  private void stealOnce(AtomicReference<ServerSocket> thief, Sighting sighting) {
    told.accept(sighting);
    if (sighting.words().startsWith("store ready") && thief.get() == null) {
      try {
        thief.set(new ServerSocket(portOfWeb(), 1, InetAddress.getLoopbackAddress()));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private int portOfWeb() {
    Matcher port = PORT_OF_WEB.matcher(String.join("\n", processesMentioning(folder)));
    assertThat(port.find()).isTrue();
    return Integer.parseInt(port.group(1));
  }
}
