package dev.faultline.app;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The commands there are, and how they are made: each takes the console. */
final class Commands implements CommandLine.IFactory {

  /** In the order of the help. */
  private static final List<Class<?>> ALL =
      List.of(
          ValidateCommand.class,
          PlanCommand.class,
          BacktestCommand.class,
          PolicyCommand.class,
          RunCommand.class,
          GateCommand.class,
          StatusCommand.class,
          WatchCommand.class,
          ServeCommand.class,
          LogsCommand.class,
          ApproveCommand.class,
          ApprovePlanCommand.class,
          UndoCommand.class,
          HaltCommand.class,
          ResumeCommand.class,
          ScheduleCommand.class,
          AuditCommand.class,
          ReportCommand.class,
          CompareCommand.class,
          HistoryCommand.class,
          LabCommand.class,
          RelayCommand.class,
          RbacCommand.class,
          CrdsCommand.class,
          OperatorCommand.class,
          InitCommand.class,
          DoctorCommand.class,
          ExplainCommand.class,
          SchemaCommand.class,
          CompletionCommand.class);

  private final Console console;

  private Commands(Console console) {
    this.console = console;
  }

  /** Every command with all that it takes. */
  static CommandLine all(Console console) {
    return line(console, _ -> true);
  }

  /**
   * The commands that the words name with all that they take, the others with name and description:
   * to learn what a command takes costs more than to read a file.
   */
  static CommandLine named(Console console, String... words) {
    return line(console, List.of(words)::contains);
  }

  private static CommandLine line(Console console, Predicate<String> whole) {
    Commands factory = new Commands(console);
    CommandLine line = new CommandLine(new Faultline(console), factory);
    for (Class<?> type : ALL) {
      Command command = type.getAnnotation(Command.class);
      if (whole.test(command.name())) {
        line.addSubcommand(new CommandLine(type, factory));
      } else {
        line.addSubcommand(outline(command));
      }
    }
    // As all words of the command line are written.
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  private static CommandLine outline(Command command) {
    CommandSpec spec = CommandSpec.create().name(command.name());
    spec.usageMessage().description(command.description());
    return new CommandLine(spec);
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    try {
      Constructor<K> constructor = type.getDeclaredConstructor(Console.class);
      return constructor.newInstance(console);
    } catch (NoSuchMethodException plain) {
      return CommandLine.defaultFactory().create(type);
    }
  }
}
