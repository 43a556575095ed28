package io.taforge.storage.contract;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A part of the contract that an adapter proves on its own, with a test class of its own. */
enum Level {
  /** What every adapter must do. */
  CORE("Core", ArtifactStoreContract.class, 1, "A14 B9 C11 D9 E8 F11 G8 H12 N9 O9"),
  /** What links must do, where there are any. */
  SIGNED("Signed", SignedLinksContract.class, 0, "I16"),
  /** What retention over the store must do. */
  RETENTION("Retention", RetentionContract.class, 1, "L14");

  private final String title;
  private final Class<?> contract;
  private final int first;
  private final String areas;

  /**
   * A level.
   *
   * @param first the number that the ids of an area begin with
   * @param areas the letter of each area, and how many cases it has
   */
  Level(String title, Class<?> contract, int first, String areas) {
    this.title = title;
    this.contract = contract;
    this.first = first;
    this.areas = areas;
  }

  /** The level that a test class proves, if it proves one. */
  static Optional<Level> of(Class<?> test) {
    return Stream.of(values()).filter(each -> each.contract.isAssignableFrom(test)).findFirst();
  }

  /** The ids of its cases. */
  List<String> ids() {
    return Stream.of(areas.split(" "))
        .flatMap(
            area ->
                IntStream.range(first, first + Integer.parseInt(area.substring(1)))
                    .mapToObj(number -> String.format("%s%02d", area.charAt(0), number)))
        .toList();
  }

  /** The classes of its areas, which JUnit nests in the test class. */
  List<Class<?>> areas() {
    return List.of(contract.getDeclaredClasses());
  }

  /** The names of its cases by their ids, in the order of the ids. */
  SortedMap<String, String> names() {
    return methods()
        .collect(Collectors.toMap(Level::id, Method::getName, (one, other) -> one, TreeMap::new));
  }

  /** Each id must be there once; whatever part of the contract is about to run. */
  void checkIds() {
    List<String> found = methods().map(Level::id).toList();
    Set<String> missing = new TreeSet<>(ids());
    missing.removeAll(Set.copyOf(found));
    List<String> tooMany = new ArrayList<>(found);
    ids().forEach(tooMany::remove);
    if (!missing.isEmpty() || !tooMany.isEmpty()) {
      throw new IllegalStateException(
          "The contract is not level " + title + ": missing " + missing + ", too many " + tooMany);
    }
  }

  private Stream<Method> methods() {
    return areas().stream()
        .flatMap(area -> Arrays.stream(area.getSuperclass().getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Case.class));
  }

  private static String id(Method method) {
    return method.getAnnotation(Case.class).value();
  }

  /** What reports call it. */
  @Override
  public String toString() {
    return title;
  }
}
