package dev.faultline.node.http.hpack;

import java.util.Arrays;

/**
 * The code of RFC 7541, appendix B. It is canonical: codes of one length follow each other in the
 * order of their symbols, and the lengths alone say which they are.
 */
final class Huffman {

  private static final int SHORTEST = 5;
  private static final int LONGEST = 30;

  /** The lengths of the codes of the bytes 0 to 255; {@code A} is 5. */
  private static final String LENGTHS =
      "ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXXBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHF"
          + "IBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCCKGJIX"
          + "PRPPRRRSRSSSSSTSTTRSTSSSSQRSRSSTRQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRS"
          + "VVPORSRUVVVWWVTUOQVWWVWTQQVVXWWWPTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWV";

  private static final int[] FIRST = new int[LONGEST + 1];
  private static final int[][] SYMBOLS = new int[LONGEST + 1][];

  static {
    int code = 0;
    for (int length = SHORTEST; length <= LONGEST; length++) {
      int letter = 'A' + length - SHORTEST;
      int[] symbols = new int[256];
      int count = 0;
      for (int symbol = 0; symbol < 256; symbol++) {
        if (LENGTHS.charAt(symbol) == letter) {
          symbols[count++] = symbol;
        }
      }
      FIRST[length] = code;
      SYMBOLS[length] = Arrays.copyOf(symbols, count);
      code = (code + count) << 1;
    }
  }

  private Huffman() {}

  /** One character for each byte. */
  static String decode(byte[] bytes, int from, int to) throws HpackException {
    StringBuilder text = new StringBuilder(2 * (to - from));
    int code = 0;
    int length = 0;
    for (int bit = 8 * from; bit < 8 * to; bit++) {
      code = code << 1 | (bytes[bit >> 3] >> (7 - (bit & 7)) & 1);
      if (++length > LONGEST) {
        throw new HpackException("a Huffman code that is none");
      }
      int index = code - FIRST[length];
      if (length >= SHORTEST && index >= 0 && index < SYMBOLS[length].length) {
        text.append((char) SYMBOLS[length][index]);
        code = 0;
        length = 0;
      }
    }
    if (length > 7 || code != (1 << length) - 1) {
      throw new HpackException("padding of a Huffman code that is not less than 8 ones");
    }
    return text.toString();
  }
}
