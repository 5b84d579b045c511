package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, it is loaded, or refused with good manners, and soon. */
final class FuzzTest {

  private static final int CASES = 20_000;
  private static final long SEED = 20_260_101;
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private static final List<String> TOKENS =
      List.of(
          ": ",
          "\n",
          "- ",
          "{",
          "}",
          "[",
          "]",
          ", ",
          "\"",
          "'",
          "#",
          "&a ",
          "*a",
          "!t ",
          "|",
          ">",
          "%",
          "@",
          "`",
          "? ",
          "\t",
          "---\n",
          "...\n",
          "~",
          "null",
          "true",
          "yes",
          "0x1",
          "1e9",
          "-1",
          "99999999999999999999",
          "1%",
          "5s",
          "${",
          "\\",
          "\u0000",
          "\u0085",
          "\u2028",
          "é",
          "\uD83D\uDE00",
          "\uFEFF",
          "spec",
          "for",
          "<<");

  private static final ExperimentFiles FILES = new ExperimentFiles();

  @TempDir Path folder;

  @Test
  void everyMutantIsLoadedOrRefused() throws Exception {
    List<byte[]> seeds = seeds();

    long refused =
        IntStream.range(0, CASES).parallel().filter(number -> isRefused(number, seeds)).count();

    assertThat(refused).as("refused of %d", CASES).isBetween(CASES / 3L, (long) CASES);
  }

  /** A case depends on its number alone, so that one that fails can be tried again by itself. */
  private boolean isRefused(int number, List<byte[]> seeds) {
    SplittableRandom chance = new SplittableRandom(SEED + number);
    byte[] mutant = seeds.get(number % seeds.size());
    for (int change = 1 + chance.nextInt(3); change > 0; change--) {
      mutant = mutate(mutant, chance);
    }
    Path file = folder.resolve("mutant-%d.yaml".formatted(Thread.currentThread().threadId()));
    try {
      Files.write(file, mutant);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
    return refuses(file, mutant, number);
  }

  private static boolean refuses(Path file, byte[] mutant, int number) {
    long start = System.nanoTime();
    String text = new String(mutant, StandardCharsets.UTF_8);
    try {
      FILES.load(file.toString(), Optional.empty());
      return false;
    } catch (InvalidFile refusal) {
      Manners.check(refusal);
      return true;
    } catch (RuntimeException | StackOverflowError escaped) {
      throw new AssertionError("case %d:%n%s".formatted(number, text), escaped);
    } finally {
      assertThat(System.nanoTime() - start)
          .as("time for case %d", number)
          .isLessThan(PATIENCE_NANOS);
    }
  }

  private static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(RefusalsTest.resource("whole.yaml").getBytes(StandardCharsets.UTF_8));
    Path shop = Path.of("../../examples/shop");
    for (String example :
        List.of("frozen-orders.yaml", "crashed-payments.yaml", "custom-fault.yaml")) {
      seeds.add(Files.readAllBytes(shop.resolve(example)));
    }
    return seeds;
  }

  private static byte[] mutate(byte[] from, SplittableRandom chance) {
    if (from.length < 4) {
      return from;
    }
    String text = new String(from, StandardCharsets.UTF_8);
    return switch (chance.nextInt(9)) {
      case 0 -> flipped(from, chance);
      case 1 -> cut(text, chance);
      case 2 -> words(text, chance, Change.DELETE);
      case 3 -> words(text, chance, Change.DOUBLE);
      case 4 -> words(text, chance, Change.SWAP);
      case 5 -> words(text, chance, Change.RENAME);
      case 6 -> lines(text, chance, true);
      case 7 -> lines(text, chance, false);
      default -> inserted(text, chance);
    };
  }

  private enum Change {
    DELETE,
    DOUBLE,
    SWAP,
    RENAME
  }

  private static byte[] flipped(byte[] from, SplittableRandom chance) {
    byte[] to = from.clone();
    to[chance.nextInt(to.length)] ^= (byte) (1 << chance.nextInt(8));
    return to;
  }

  private static byte[] cut(String text, SplittableRandom chance) {
    int from = chance.nextInt(text.length());
    int to = Math.min(text.length(), from + 1 + chance.nextInt(30));
    return bytes(text.substring(0, from) + text.substring(to));
  }

  private static byte[] inserted(String text, SplittableRandom chance) {
    int at = chance.nextInt(text.length());
    return bytes(
        text.substring(0, at) + TOKENS.get(chance.nextInt(TOKENS.size())) + text.substring(at));
  }

  private static byte[] words(String text, SplittableRandom chance, Change change) {
    int[] one = word(text, chance);
    int[] other = word(text, chance);
    String word = text.substring(one[0], one[1]);
    String changed =
        switch (change) {
          case DELETE -> "";
          case DOUBLE -> word + word;
          case SWAP -> text.substring(other[0], other[1]);
          case RENAME -> word.substring(1) + word.charAt(0);
        };
    String mutant = text.substring(0, one[0]) + changed + text.substring(one[1]);
    return bytes(
        change == Change.SWAP && other[0] >= one[1]
            ? mutant.substring(0, other[0] - one[1] + one[0] + changed.length())
                + word
                + text.substring(other[1])
            : mutant);
  }

  /** Where a word, or a sign between words, begins and ends. */
  private static int[] word(String text, SplittableRandom chance) {
    int from = chance.nextInt(text.length());
    int to = from + 1;
    if (!ends(text.charAt(from))) {
      while (from > 0 && !ends(text.charAt(from - 1))) {
        from--;
      }
      while (to < text.length() && !ends(text.charAt(to))) {
        to++;
      }
    }
    return new int[] {from, to};
  }

  private static boolean ends(char sign) {
    return " \n:,{}[]".indexOf(sign) >= 0;
  }

  private static byte[] lines(String text, SplittableRandom chance, boolean indent) {
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    int at = chance.nextInt(lines.size());
    if (indent) {
      lines.set(at, " ".repeat(chance.nextInt(9)) + lines.get(at).stripLeading());
    } else {
      lines.add(chance.nextInt(lines.size()), lines.get(at));
    }
    return bytes(String.join("\n", lines));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
