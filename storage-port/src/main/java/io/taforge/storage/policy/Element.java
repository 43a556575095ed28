package io.taforge.storage.policy;

import static io.taforge.artifact.Quoted.quoted;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object of a policy, whose elements are looked up by name. */
final class Element {
  private final Map<?, ?> entries;

  Element(Map<?, ?> entries) {
    this.entries = entries;
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** The element as it was read; null if there is none. */
  @Nullable Object get(String name) {
    return entries.get(name);
  }

  /** The element if it is a text, and what is said otherwise if not. */
  String text(String name, String otherwise) {
    return entries.get(name) instanceof String text ? text : otherwise;
  }

  /** A text, or a list of them; anything else is a problem. */
  List<String> texts(String name, Problems problems) {
    List<String> texts = new ArrayList<>();
    for (Object each : all(entries.get(name))) {
      if (each instanceof String text) {
        texts.add(text);
      } else {
        problems.isInvalid("its " + name + " must be a text or a list of texts");
      }
    }
    return texts;
  }

  void onlyHas(Set<String> names, Problems problems) {
    for (Object name : entries.keySet()) {
      if (!names.contains(name)) {
        problems.isInvalid(
            quoted(String.valueOf(name)) + " is not one of " + names.stream().sorted().toList());
      }
    }
  }

  List<String> names() {
    return entries.keySet().stream().map(String::valueOf).toList();
  }

  /** One value and a list of one mean the same. */
  static Collection<?> all(@Nullable Object value) {
    if (value instanceof Collection<?> several) {
      return several;
    }
    return value == null ? List.of() : List.of(value);
  }
}
