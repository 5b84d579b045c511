package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.environment.notice.Messenger;
import dev.faultline.environment.notice.News;
import dev.faultline.environment.notice.News.Moment;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.daemon.Parts;
import dev.faultline.gameday.file.Day;
import dev.faultline.judge.Outcome;
import dev.faultline.model.notice.Listener;
import dev.faultline.model.notice.Notify;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tells others of game days, as their files say, beside whoever tells a person here.
 *
 * @param here tells a person
 * @param messenger reaches others
 */
record GameDayNews(Parts.Teller here, Messenger messenger) implements Parts.Teller {

  @Override
  public void tell(Note note, Optional<Day> day) {
    here.tell(note, day);
    day.ifPresent(known -> tellOthers(note, known));
  }

  private void tellOthers(Note note, Day day) {
    Optional<News> news = news(note, day);
    Optional<Notify> notices = day.loaded().spec().notices();
    if (news.isPresent() && notices.isPresent()) {
      Path folder = folder(day);
      for (Listener listener : notices.get().to()) {
        messenger.send(listener.channel(), folder, news.get());
      }
    }
  }

  @Override
  public void refused(InvalidFile why) {
    here.refused(why);
  }

  private static Path folder(Day day) {
    Path folder = Path.of(day.loaded().file()).toAbsolutePath().getParent();
    return folder == null ? Path.of("/") : folder;
  }

  private static Optional<News> news(Note note, Day day) {
    String name = note.gameDay();
    return switch (note) {
      case Note.Announced coming -> Optional.of(coming(coming, day.loaded().spec().runs()));
      case Note.Begun begun ->
          Optional.of(
              new News(
                  Moment.START,
                  name,
                  begun.planned(),
                  begun.at(),
                  begun.runs(),
                  Optional.empty(),
                  Optional.empty(),
                  "Game day %s begins: %s.".formatted(name, String.join(", ", begun.runs()))));
      case Note.Ended ended -> halted(ended);
      case Note.Closed closed ->
          Optional.of(
              new News(
                  Moment.END,
                  name,
                  closed.planned(),
                  closed.at(),
                  List.of(),
                  Optional.empty(),
                  Optional.of(closed.exit()),
                  "Game day %s is over: %s.".formatted(name, words(closed.exit()))));
      case Note.Followed _, Note.Left _, Note.Dropped _ -> Optional.empty();
    };
  }

  private static News coming(Note.Announced coming, List<String> runs) {
    return new News(
        Moment.BEFORE,
        coming.gameDay(),
        coming.planned(),
        coming.start(),
        runs,
        Optional.empty(),
        Optional.empty(),
        "Game day %s begins at %s: %s."
            .formatted(coming.gameDay(), coming.start(), String.join(", ", runs)));
  }

  private static Optional<News> halted(Note.Ended ended) {
    if (ended.exit() != Outcome.HALTED.exitCode()
        && ended.exit() != Outcome.UNDO_NOT_PROVEN.exitCode()) {
      return Optional.empty();
    }
    return Optional.of(
        new News(
            Moment.HALT,
            ended.gameDay(),
            ended.planned(),
            ended.at(),
            List.of(ended.run()),
            Optional.of(ended.run()),
            Optional.of(ended.exit()),
            "Run %s of game day %s: %s%s."
                .formatted(
                    ended.run(),
                    ended.gameDay(),
                    words(ended.exit()),
                    ended.words().isEmpty() ? "" : ", " + ended.words())));
  }

  private static String words(int exit) {
    return Outcome.ofExitCode(exit).map(Outcome::words).orElse("ended with " + exit);
  }
}
