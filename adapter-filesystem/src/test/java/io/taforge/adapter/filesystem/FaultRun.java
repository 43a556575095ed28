package io.taforge.adapter.filesystem;

import static java.util.function.Predicate.not;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lets a {@link FaultSubject} do everything with a fault, and collects what was wrong with it. */
final class FaultRun implements AutoCloseable {
  private static final List<Deed> DEEDS = FaultSubject.deeds();

  private final Process subject;
  private final BufferedReader told;

  /** How often each deed makes each system call. */
  private final List<Map<String, Integer>> counts = new ArrayList<>();

  private final List<String> wrong = new ArrayList<>();
  private final Map<String, String> foundOut = new TreeMap<>();
  private int hits;

  FaultRun(Path base) throws IOException {
    subject =
        Jvm.start(
            Map.of(),
            List.of("-XX:TieredStopAtLevel=1"),
            List.of(FaultSubject.class.getName(), base.toString()));
    told = subject.inputReader();
  }

  /** How often a deed has met a fault. */
  int hits() {
    return hits;
  }

  /** What is wrong with the store. */
  List<String> wrong() {
    return wrong;
  }

  /** What is wrong with the sloppy deeds, of each the first. */
  Map<String, String> foundOut() {
    return foundOut;
  }

  /** All faults that any deed of the store can meet. */
  List<FaultPoint> points() {
    Map<String, Integer> most = new TreeMap<>();
    for (int deed = 0; deed < Deeds.all().size(); deed++) {
      counts.get(deed).forEach((call, count) -> most.merge(call, count, Math::max));
    }
    return most.entrySet().stream()
        .flatMap(each -> FaultPoint.upTo(each.getKey(), each.getValue()))
        .toList();
  }

  /** Once to load all classes, and once to count what there is to fail. */
  void withoutFault() throws Exception {
    List<Integer> all = IntStream.range(0, DEEDS.size()).boxed().toList();
    prepare(all);
    order("run", "ran");
    judge("warm-up", all, Optional.empty(), all.stream().map(each -> false).toList());
    List<Long> threads = prepare(all);
    try (Injection watch = Injection.watching(threads, FaultPoint.calls())) {
      order("run", "ran");
      watch.stop();
      Map<Long, Map<String, Integer>> calls = watch.calls();
      threads.forEach(thread -> counts.add(calls.getOrDefault(thread, Map.of())));
    }
    judge("without fault", all, Optional.empty(), all.stream().map(each -> false).toList());
  }

  /** Does all that makes as many such calls. */
  void with(FaultPoint point) throws Exception {
    List<Integer> concerned =
        IntStream.range(0, DEEDS.size())
            .filter(deed -> counts.get(deed).getOrDefault(point.call(), 0) >= point.nth())
            .boxed()
            .toList();
    List<Long> threads = prepare(concerned);
    List<Boolean> isHit;
    try (Injection injection = Injection.failing(threads, point)) {
      order("run", "ran");
      injection.stop();
      Set<Long> hit = injection.hit();
      isHit = threads.stream().map(hit::contains).toList();
    }
    judge(point.toString(), concerned, Optional.of(point), isHit);
  }

  private List<Long> prepare(List<Integer> deeds) throws IOException {
    String which = deeds.stream().map(Object::toString).collect(Collectors.joining(" "));
    String line = order("prepare " + which, "threads ");
    return Stream.of(line.split(" ")).skip(1).map(Long::valueOf).toList();
  }

  private void judge(
      String what, List<Integer> deeds, Optional<FaultPoint> point, List<Boolean> isHit)
      throws IOException {
    send("judge");
    int index = 0;
    for (String line = told.readLine(); !"judged".equals(line); line = told.readLine()) {
      if (line == null || !line.startsWith("verdict ")) {
        throw new IOException("The subject says: " + line);
      }
      String[] verdict = line.substring("verdict ".length()).split("\\|", -1);
      Deed deed = DEEDS.get(deeds.get(index));
      boolean isOk = verdict[0].equals("ok");
      List<String> faults =
          new ArrayList<>(Stream.of(verdict[1].split("; ")).filter(not(String::isEmpty)).toList());
      if (point.filter(FaultPoint::isRemoval).isPresent()) {
        faults.remove(FaultTrial.ONE_LEFT);
      }
      boolean isSync = point.filter(FaultPoint::isSync).isPresent();
      if (isHit.get(index) && isSync && deed.isDurable() && isOk) {
        faults.add("succeeds although a sync has failed");
      }
      if (!isHit.get(index) && !isOk) {
        faults.add("fails without a fault");
      }
      count(deed, isHit.get(index), what + ": " + verdict[0], faults);
      index++;
    }
  }

  private void count(Deed deed, boolean isHit, String what, List<String> faults) {
    String finding = what + ": " + String.join("; ", faults);
    if (deed.name().startsWith("sloppy")) {
      if (!faults.isEmpty()) {
        foundOut.putIfAbsent(deed.name(), finding);
      }
    } else {
      hits += isHit ? 1 : 0;
      if (!faults.isEmpty()) {
        System.out.println("Wrong: " + deed.name() + ": " + finding); // at once: a soak takes long
        wrong.add(deed.name() + ": " + finding);
      }
    }
  }

  private void send(String line) throws IOException {
    subject.outputWriter().write(line + "\n");
    subject.outputWriter().flush();
  }

  private String order(String line, String answer) throws IOException {
    send(line);
    String said = told.readLine();
    if (said == null || !said.startsWith(answer)) {
      throw new IOException("The subject says: " + said);
    }
    return said;
  }

  @Override
  public void close() throws InterruptedException {
    subject.destroyForcibly().waitFor();
  }
}
