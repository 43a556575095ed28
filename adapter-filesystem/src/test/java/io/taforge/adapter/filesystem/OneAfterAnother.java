package io.taforge.adapter.filesystem;

import java.util.HashMap;
import java.util.Map;

/** What the contract says of {@link Races} when nothing happens at the same time. */
public class OneAfterAnother {
  private final Map<Integer, Version> stored = new HashMap<>();
  private final Map<String, Version> seen = new HashMap<>();

  /** One version of a sample; each is itself alone, whatever its value. */
  private static final class Version {
    private final int value;

    Version(int value) {
      this.value = value;
    }
  }

  public String put(int key, int value, int thread) {
    Version version = new Version(value);
    stored.put(key, version);
    seen.put(thread + "/" + key, version);
    return "stored";
  }

  public String create(int key, int value, int thread) {
    return stored.containsKey(key) ? "conflict" : put(key, value, thread);
  }

  public String replaceIfUnchanged(int key, int value, int thread) {
    Version version = seen.get(thread + "/" + key);
    if (version == null) {
      return "seen nothing";
    }
    return stored.get(key) == version ? put(key, value, thread) : "conflict";
  }

  public String get(int key) {
    Version version = stored.get(key);
    return version == null ? "absent" : Integer.toString(version.value);
  }

  public String find(int key, int thread) {
    Version version = stored.get(key);
    if (version != null) {
      seen.put(thread + "/" + key, version);
    }
    return get(key);
  }

  public String delete(int key) {
    return stored.remove(key) == null ? "ABSENT" : "DELETED";
  }

  public String deleteUnchanged(int key, int thread) {
    Version version = seen.get(thread + "/" + key);
    if (version == null) {
      return "seen nothing";
    }
    Version found = stored.get(key);
    return found != null && found != version ? "conflict" : delete(key);
  }
}
