package dev.faultline.environment.lab;

import dev.faultline.environment.hands.Placeholders;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Lab.LabProcess;
import dev.faultline.model.environment.LabDatabase.Postgres;
import dev.faultline.model.environment.Load;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.LinkEnds;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who talks to whom in a lab, read from its file: whoever is told {@code ${NAME.PORT}} of another
 * process, or {@code ${NAME.jdbc}} of a database, has a link to it.
 *
 * @param all in the order of their names
 */
record LabLinks(List<LabLink> all) {

  LabLinks {
    all = List.copyOf(all);
  }

  static LabLinks of(Lab lab, Optional<Load> load) {
    Set<LabLink> links = new LinkedHashSet<>();
    load.ifPresent(told -> links.addAll(linksOf(LinkEnds.LOAD, List.of(told.http()), lab)));
    new TreeMap<>(lab.processes())
        .forEach((name, process) -> links.addAll(linksOf(name, texts(process), lab)));
    new TreeMap<>(lab.databases())
        .forEach(
            (name, database) -> {
              if (database.server() instanceof Postgres pair && pair.standsBy()) {
                links.add(new LabLink(name, name, Optional.empty(), false));
              }
            });
    return new LabLinks(List.copyOf(links));
  }

  private static List<String> texts(LabProcess process) {
    List<String> texts = new ArrayList<>(process.command());
    texts.addAll(new TreeMap<>(process.env()).values());
    return texts;
  }

  private static List<LabLink> linksOf(String from, List<String> texts, Lab lab) {
    return texts.stream()
        .flatMap(text -> Placeholders.namesIn(text).stream())
        .flatMap(name -> link(from, name, lab).stream())
        .toList();
  }

  private static Optional<LabLink> link(String from, String placeholder, Lab lab) {
    int dot = placeholder.indexOf('.');
    String to = placeholder.substring(0, Math.max(dot, 0));
    String part = placeholder.substring(dot + 1);
    if (to.equals(from)) {
      return Optional.empty();
    }
    Map<String, LabProcess> processes = lab.processes();
    if (processes.containsKey(to) && processes.get(to).ports().containsKey(part)) {
      boolean several = processes.get(to).ports().size() > 1;
      return Optional.of(new LabLink(from, to, Optional.of(part), several));
    }
    return lab.databases().containsKey(to) && part.equals("jdbc")
        ? Optional.of(new LabLink(from, to, Optional.empty(), false))
        : Optional.empty();
  }

  /** Those that are meant. */
  List<LabLink> matching(LinkEnds ends) {
    return all.stream().filter(link -> ends.matches(link.from(), link.to())).toList();
  }

  Facts facts(LinkEnds ends) {
    List<LabLink> found = matching(ends);
    return new Facts(
        found.stream().<Instance>map(LabLink::instance).toList(),
        found.isEmpty() ? List.of(ends.words()) : List.of(),
        all.stream().map(LabLink::name).toList());
  }
}
