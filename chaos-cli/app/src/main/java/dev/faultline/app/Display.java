package dev.faultline.app;

import dev.faultline.app.live.Glyphs;
import dev.faultline.app.live.LiveView;
import dev.faultline.app.live.Screen;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Sink;
import java.util.Optional;

/**
 * What a person sees of a run: lines, and on a terminal a live view below them.
 *
 * @param console where messages go meanwhile, so that none is painted over
 * @param sink hears the events
 * @param live what is painted; empty where only lines are told
 */
record Display(Console console, Sink sink, Optional<Painting> live) implements Sink, AutoCloseable {

  /** A live view with what it needs. */
  record Painting(LiveView view, TerminalSize size) {}

  /** Lines of JSON. */
  static Display json(Console console) {
    return new Display(console, new JsonLines(console.out()), Optional.empty());
  }

  /**
   * Lines for people, and a live view if the messages go to a terminal that can show one.
   *
   * @param wanted whether a live view is wanted
   */
  static Display people(Console console, LoadedExperiment experiment, boolean wanted) {
    Page err = console.err();
    if (!wanted || !err.moves()) {
      return new Display(console, new RunView(err, experiment), Optional.empty());
    }
    TerminalSize size = TerminalSize.follow(console.env());
    Screen screen = new Screen(err.stream(), err.colour(), size);
    Page above = new Page(screen.above(), true, err.colour(), err.width());
    LiveView view = new LiveView(screen, Glyphs.of(console.env()), new RunView(above, experiment));
    return new Display(console.withErr(above), view, Optional.of(new Painting(view, size)));
  }

  @Override
  public void accept(Entry entry) {
    sink.accept(entry);
  }

  @Override
  public void close() {
    live.ifPresent(
        painting -> {
          painting.view().close();
          painting.size().close();
        });
  }
}
