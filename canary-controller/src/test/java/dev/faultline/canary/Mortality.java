package dev.faultline.canary;

import dev.faultline.engine.journal.JournalFile;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.NotReady;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Target;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * When a process is killed: at its n-th boundary, before or after something is written or done.
 * From then on nothing that it tries has an effect.
 */
final class Mortality {

  static final Mortality NEVER = new Mortality(Integer.MAX_VALUE);

  /** What a killed process gets for an answer. */
  static final class Killed extends Error {
    @Serial private static final long serialVersionUID = 1;
  }

  private final int deadly;
  private final AtomicInteger passed = new AtomicInteger();

  Mortality(int deadly) {
    this.deadly = deadly;
  }

  /** How many boundaries were passed. */
  int passed() {
    return passed.get();
  }

  boolean dead() {
    return passed.get() > deadly;
  }

  void require() {
    if (dead()) {
      throw new Killed();
    }
  }

  private void boundary() {
    require();
    passed.incrementAndGet();
    require();
  }

  JournalFile journal(JournalFile file) {
    return new JournalFile() {
      @Override
      public void write(byte[] bytes) throws IOException {
        // A sample more or less makes no difference.
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean sample = text.contains("\"gateRead\"") || text.contains("\"shareSeen\"");
        if (sample) {
          require();
          file.write(bytes);
          return;
        }
        boundary();
        file.write(bytes);
        boundary();
      }

      // Nothing is lost but by the kill: the disk of a test need not be waited for.
      @Override
      public void force() {
        require();
      }

      @Override
      public void reserve(int bytes) throws IOException {
        file.reserve(bytes);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  /**
   * A world as a process finds it until it is killed.
   *
   * @param onItsWay told of each action before the world is
   */
  Habitat world(Habitat world, Consumer<Action> onItsWay) {
    return new MortalHands(world, onItsWay);
  }

  private final class MortalHands implements Habitat {

    private final Habitat world;
    private final Consumer<Action> onItsWay;

    MortalHands(Habitat world, Consumer<Action> onItsWay) {
      this.world = world;
      this.onItsWay = onItsWay;
    }

    @Override
    public Facts facts(Target target) {
      require();
      return world.facts(target);
    }

    @Override
    public Effect apply(Action action) {
      onItsWay.accept(action);
      if (action instanceof Action.RenewLease) {
        require();
        return world.apply(action);
      }
      boundary();
      Effect effect = world.apply(action);
      boundary();
      return effect;
    }

    @Override
    public Answer ask(Query query) {
      require();
      return world.ask(query);
    }

    @Override
    public boolean startsWithRun() {
      return world.startsWithRun();
    }

    @Override
    public void prepare() throws NotReady {
      world.prepare();
    }

    @Override
    public void close() {
      world.close();
    }
  }
}
