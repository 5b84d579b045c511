package dev.faultline.environment.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.environment.route.RealNginx.Setup;
import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.model.route.Match;
import dev.faultline.model.route.Sticky;
import dev.faultline.model.world.RouteReading;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where requests go that match, and users who stay, when a real Nginx has loaded the maps. */
class NginxMapsTest {

  private static final String HEADER = "x-user-type";
  private static final Match STAFF = header("staff");
  private static final int USERS = 250;

  /** What is no value of those that are matched below, letter by letter. */
  private static final String OTHERS =
      """
      Staff
      STAFF
      staff1
      1staff
      staf
      staff|beta user
      beta
      beta  user
      aXb|c(d)*
      a.b
      x
      y
      Default
      0
      [a]{2}
      a.shop
      Ann
      \\Qstaff\\E
      (?:staff)
      staff, guest
      """;

  private static final String WITH_COOKIE =
      """
      x-beta=always
      a=1; x-beta=always
      x-beta=a.b+c; z=2
      a=1;x-beta=always;z=2
      x-beta=never; x-beta=always
      """;

  private static final String WITHOUT_COOKIE =
      """
      x-beta=Always
      X-Beta=always
      x-beta=always1
      ax-beta=always
      x-beta=
      x_beta=always
      a=x-beta=always
      x-beta=aXb+c
      always
      x-beta=a.bbc
      """;

  @TempDir private Path folder;
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  private static Match header(String... values) {
    return new Match(Optional.of(HEADER), Optional.empty(), List.of(values));
  }

  private static Match cookie(String name, String... values) {
    return new Match(Optional.empty(), Optional.of(name), List.of(values));
  }

  private static NginxShift matching(double share, Match match) {
    return NginxShift.of(share, Optional.of(match));
  }

  private static NginxShift only(double share) {
    return NginxShift.of(share, Optional.empty());
  }

  private HttpResponse<String> ask(RealNginx nginx, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(nginx.url()).timeout(Duration.ofSeconds(10));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** Which version answers; the code of an error where none does. */
  private String get(RealNginx nginx, String... headers) throws Exception {
    HttpResponse<String> answer = ask(nginx, headers);
    return answer.statusCode() == 200 ? answer.body() : "HTTP " + answer.statusCode();
  }

  private List<String> many(RealNginx nginx, int requests, String... headers) throws Exception {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      answers.add(get(nginx, headers));
    }
    return answers;
  }

  private static double canary(List<String> answers) {
    assertThat(answers).isSubsetOf("old", "new");
    return (double) answers.stream().filter("new"::equals).count() / answers.size();
  }

  private static Kind kind(NginxFile file) {
    return catchThrowableOfType(RouterTrouble.class, file::shift).kind();
  }

  @Test
  void whatMatchesGoesToTheCanaryAndTheRestByWeight() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      NginxFile file = nginx.file();
      file.set(matching(0, STAFF));
      assertThat(file.read()).isEqualTo(new RouteReading(0, Optional.of(STAFF), true, true));
      assertThat(many(nginx, 50, HEADER, "staff")).containsOnly("new");
      assertThat(many(nginx, 50)).containsOnly("old");

      file.set(matching(0.25, STAFF));
      assertThat(file.shift()).isEqualTo(matching(0.25, STAFF));
      assertThat(many(nginx, 200, HEADER, "staff")).containsOnly("new");
      assertThat(canary(many(nginx, 2000, HEADER, "guest"))).isCloseTo(0.25, within(0.05));

      file.set(only(1));
      assertThat(many(nginx, 50)).containsOnly("new");

      file.set(NginxShift.NOTHING);
      assertThat(many(nginx, 50, HEADER, "staff")).containsOnly("old");
      assertThat(file.include()).content().doesNotContain("map").contains(" 0.00% to the canary. ");
      assertThat(file.read()).isEqualTo(new RouteReading(0, true, true));
    }
  }

  @Test
  void valuesAreMeantLetterByLetter() throws Exception {
    String[] values =
        """
        staff
        beta user
        a.b|c(d)*
        ~x
        ~*y
        default
        hostnames
        include
        volatile
        [a]{2};
        #not'a;comment
        ^e
        *.shop
        Ben,Ann
        1
        """
            .split("\n");
    try (RealNginx nginx = RealNginx.start(folder)) {
      nginx.file().set(matching(0, header(values)));
      assertThat(nginx.file().shift()).isEqualTo(matching(0, header(values)));
      for (String value : values) {
        assertThat(get(nginx, HEADER, value)).as(value).isEqualTo("new");
      }
      for (String other : OTHERS.split("\n")) {
        assertThat(get(nginx, HEADER, other)).as(other).isEqualTo("old");
      }
      assertThat(get(nginx, "x-user-typ", "staff")).isEqualTo("old");
      assertThat(get(nginx, "X-User-Type", "staff")).isEqualTo("new");
      assertThat(get(nginx)).isEqualTo("old");
    }
  }

  @Test
  void aCookieIsFoundAmongOthersByItsNameAndItsWholeValue() throws Exception {
    Match match = cookie("x-beta", "always", "a.b+c");
    try (RealNginx nginx = RealNginx.start(folder)) {
      nginx.file().set(matching(0, match));
      assertThat(nginx.file().shift()).isEqualTo(matching(0, match));
      for (String yes : WITH_COOKIE.split("\n")) {
        assertThat(get(nginx, "Cookie", yes)).as(yes).isEqualTo("new");
      }
      for (String no : WITHOUT_COOKIE.split("\n")) {
        assertThat(get(nginx, "Cookie", no)).as(no).isEqualTo("old");
      }
      assertThat(get(nginx, "x-beta", "always")).isEqualTo("old");
    }
  }

  /** In no list that Nginx would have to be configured for: it has no room for longer ones. */
  @Test
  void manyValuesNeedNoOtherConfiguration() throws Exception {
    String[] values =
        IntStream.range(0, 1000).mapToObj("user.%038d"::formatted).toArray(String[]::new);
    try (RealNginx nginx = RealNginx.start(folder)) {
      nginx.file().set(matching(0, header(values)));
      assertThat(get(nginx, HEADER, values[0])).isEqualTo("new");
      assertThat(get(nginx, HEADER, values[999])).isEqualTo("new");
      assertThat(get(nginx, HEADER, values[999] + "0")).isEqualTo("old");
      assertThat(Files.size(nginx.include())).isLessThan(64 * 1024);

      nginx.file().set(matching(0, header("y".repeat(200), "z".repeat(200))));
      assertThat(get(nginx, HEADER, "z".repeat(200))).isEqualTo("new");
      assertThat(get(nginx, HEADER, "z".repeat(199))).isEqualTo("old");
    }
  }

  @Test
  void theServersOfAVersionShareItsRequestsAlike() throws Exception {
    try (RealNginx nginx =
        RealNginx.start(folder, Setup.USUAL.servers(3).host("localhost").nextUpstream("error"))) {
      nginx.file().set(matching(0.5, STAFF));
      Map<String, Long> matched = byServer(nginx, 600, HEADER, "staff");
      assertThat(matched).hasSize(3);
      assertThat(matched.values()).allSatisfy(n -> assertThat(n).isBetween(130L, 270L));
      assertThat(matched.keySet()).allSatisfy(who -> assertThat(who).startsWith("new"));

      Map<String, Long> others = byServer(nginx, 1200);
      assertThat(others).hasSize(6);
      assertThat(others.values()).allSatisfy(n -> assertThat(n).isBetween(130L, 270L));
    }
  }

  private Map<String, Long> byServer(RealNginx nginx, int requests, String... headers)
      throws Exception {
    List<String> servers = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      HttpResponse<String> answer = ask(nginx, headers);
      servers.add(answer.body() + answer.headers().firstValue(RealNginx.SERVER).orElse(""));
    }
    return servers.stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  @Test
  void usersStayAtTheCanaryWhileItsPartGrows() throws Exception {
    Sticky byHeader = new Sticky(Optional.of("X-User-Id"), Optional.empty());
    try (RealNginx nginx = RealNginx.start(folder, Setup.USUAL.servers(2).sticky(byHeader))) {
      List<String> before = List.of();
      for (double share : new double[] {0.05, 0.25, 0.5}) {
        nginx.file().set(only(share));
        assertThat(nginx.file().shift()).isEqualTo(only(share));
        List<String> now = atCanary(nginx, id -> new String[] {"x-user-id", id});
        assertThat(now).containsAll(before);
        assertThat((double) now.size() / USERS).isCloseTo(share, within(0.07));
        for (String user : now) {
          assertThat(many(nginx, 3, "x-user-id", user)).containsOnly("new");
        }
        before = now;
      }
      // Who has no name is drawn each time.
      assertThat(canary(many(nginx, 400))).isCloseTo(0.5, within(0.15));

      nginx.file().set(matching(0.05, STAFF));
      assertThat(before).containsAll(atCanary(nginx, id -> new String[] {"x-user-id", id}));
      assertThat(many(nginx, 50, HEADER, "staff")).containsOnly("new");
      nginx.file().set(only(1));
      assertThat(many(nginx, 50)).containsOnly("new");
      nginx.file().set(NginxShift.NOTHING);
      assertThat(atCanary(nginx, id -> new String[] {"x-user-id", id})).isEmpty();
    }
  }

  @Test
  void usersAreKnownByACookieToo() throws Exception {
    Sticky byCookie = new Sticky(Optional.empty(), Optional.of("session"));
    try (RealNginx nginx = RealNginx.start(folder, Setup.USUAL.sticky(byCookie))) {
      Function<String, String[]> headers =
          id -> new String[] {"Cookie", "theme=dark; session=" + id};
      nginx.file().set(only(0.25));
      List<String> first = atCanary(nginx, headers);
      assertThat(first).hasSizeBetween(40, 85);
      assertThat(atCanary(nginx, headers)).isEqualTo(first);
      nginx.file().set(only(0.5));
      assertThat(atCanary(nginx, headers)).containsAll(first);
    }
  }

  private List<String> atCanary(RealNginx nginx, Function<String, String[]> headers)
      throws Exception {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      String id = "user-" + i;
      if (get(nginx, headers.apply(id)).equals("new")) {
        users.add(id);
      }
    }
    return users;
  }

  @Test
  void requestsOfOneVersionAreNotHiddenByTheOther() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      nginx.file().set(matching(0, STAFF));
      nginx.stopCanary();
      assertThat(many(nginx, 20, HEADER, "staff")).containsOnly("HTTP 502");
      assertThat(many(nginx, 20)).containsOnly("old");
    }
  }

  @Test
  void whereNginxAsksAnotherServerItIsOneOfTheSameVersionFirst() throws Exception {
    try (RealNginx nginx =
        RealNginx.start(folder, Setup.USUAL.servers(3).nextUpstream("error timeout"))) {
      nginx.file().set(matching(0, STAFF));
      nginx.stopOneOfStable();
      assertThat(many(nginx, 200)).containsOnly("old");
      nginx.stopCanary();
      assertThat(many(nginx, 50, HEADER, "staff")).containsOnly("old");
    }
  }

  /** The share is the same; what tells them apart are the zones of the maps. */
  @Test
  void anotherMatchIsNotProvenByTheFile() throws Exception {
    try (RealNginx nginx = RealNginx.start(folder)) {
      NginxFile file = nginx.file();
      file.set(matching(0.05, STAFF));
      for (NginxShift other :
          List.of(matching(0.05, header("beta")), only(0.05), matching(0.06, STAFF))) {
        Files.writeString(file.include(), file.text(other));
        assertThat(kind(file)).isEqualTo(Kind.NOT_TAKEN);
      }
      assertThatThrownBy(file::shift)
          .hasMessageContaining("gives 6% by maps ")
          .hasMessageContaining("serves by 5% by maps ");
      Files.writeString(file.include(), file.text(matching(0.05, STAFF)));

      String config = Files.readString(nginx.config());
      Files.writeString(nginx.config(), config + "nonsense;\n");
      NginxFile hasty = nginx.file(List.of("true"), nginx.reload());
      Kind kind =
          catchThrowableOfType(RouterTrouble.class, () -> hasty.set(matching(0.05, header("beta"))))
              .kind();
      assertThat(kind).isEqualTo(Kind.NOT_TAKEN);
      assertThat(file.shift()).isEqualTo(matching(0.05, STAFF));
      assertThat(many(nginx, 20, HEADER, "staff")).containsOnly("new");
    }
  }
}
