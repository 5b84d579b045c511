package dev.faultline.benchmarks.judge;

import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Traffic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The test of Mann and Whitney with the constants of Kayenta's judge: the interval at 98 % for the
 * shift between the rates of both versions (Hodges and Lehmann), one rate a minute, must lie above
 * a quarter of the shift itself. It judges every ten minutes over all that was seen so far; a
 * canary that is blamed once is taken back.
 */
final class MannWhitney implements Judge {

  private static final int LOOKS_A_POINT = 4;
  private static final int POINTS_A_JUDGEMENT = 10;
  private static final double QUANTILE = 2.326347874;
  private static final double TOLERANCE = 0.25;

  private final List<Double> canary = new ArrayList<>();
  private final List<Double> stable = new ArrayList<>();
  private final List<Look> minute = new ArrayList<>();

  @Override
  public boolean blames(Look look) {
    minute.add(look);
    if (minute.size() < LOOKS_A_POINT) {
      return false;
    }
    canary.add(rate(minute.stream().map(Look::canary).toList()));
    stable.add(rate(minute.stream().map(Look::stable).toList()));
    minute.clear();
    return canary.size() % POINTS_A_JUDGEMENT == 0 && high();
  }

  private static double rate(List<Traffic> traffic) {
    double requests = traffic.stream().mapToDouble(Traffic::requests).sum();
    return traffic.stream().mapToDouble(Traffic::bad).sum() / Math.max(1, requests);
  }

  private boolean high() {
    int size = canary.size();
    double[] shifts = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        shifts[i * size + j] = canary.get(i) - stable.get(j);
      }
    }
    Arrays.sort(shifts);
    double pairs = shifts.length;
    double off = QUANTILE * Math.sqrt(pairs * (2 * size + 1) / 12);
    double lowest = shifts[(int) Math.max(0, Math.floor(pairs / 2 - off))];
    double middle = (shifts[shifts.length / 2] + shifts[(shifts.length - 1) / 2]) / 2;
    return lowest > TOLERANCE * Math.abs(middle);
  }
}
