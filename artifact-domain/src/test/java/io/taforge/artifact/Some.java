package io.taforge.artifact;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes values by chance, the same ones for the same seed; the seed is in every failure. */
final class Some {
  private static final long SEED = Long.getLong("taforge.seed", 20260923L);

  /** Fewer will do where each claim is checked a thousand times, on code that is broken. */
  private static final int MOST = Integer.getInteger("taforge.values", Integer.MAX_VALUE);

  private static final List<String> AWKWARD =
      List.of(
          "{request_id}.log",
          "a%2Fb",
          "%2e%2e",
          "a b",
          " a",
          "a+b",
          "#",
          "&",
          "-rf",
          "~",
          "$HOME",
          ".hidden",
          "a..b",
          "...a",
          "'",
          "`id`",
          "é.log",
          "日本.log",
          "😀.log",
          "\uFFFDx",
          "v1",
          "a.tgz",
          ".tgz",
          "con1",
          "COM10.log",
          "nul_",
          "samples",
          "[ab]",
          "{a,b}",
          "a=b;c=d");

  private final Random random;

  private Some(Random random) {
    this.random = random;
  }

  /** Checks a claim for many values. */
  static <T> void check(int times, Function<Some, T> maker, Consumer<T> claim) {
    for (int i = 0; i < Math.min(times, MOST); i++) {
      T value = maker.apply(new Some(new Random(SEED + i)));
      try {
        claim.accept(value);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("For " + value + ", -Dtaforge.seed=" + (SEED + i), e);
      }
    }
  }

  UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  FileName fileName() {
    if (random.nextInt(3) == 0) {
      return FileName.of(AWKWARD.get(random.nextInt(AWKWARD.size())));
    }
    while (true) {
      try {
        return FileName.of(text(1 + random.nextInt(40)));
      } catch (InvalidKeyException e) {
        // most texts are no file names; the next may be
      }
    }
  }

  /** Any text, with a liking for what looks like part of a key. */
  String text(int length) {
    StringBuilder text = new StringBuilder();
    String alphabet = "abcXYZ019-_. /{}%v~\\:\u0000\u00e9\u0301\u65e5";
    while (text.length() < length) {
      if (random.nextInt(20) == 0) {
        text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
      } else {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
    }
    return text.toString();
  }

  Artifact artifact() {
    return switch (random.nextInt(3)) {
      case 0 -> new LogSample(RequestId.of(uuid()), fileName());
      case 1 ->
          new TaBundle(
              RequestId.of(uuid()),
              BundleVersion.of(1 + random.nextInt(Integer.MAX_VALUE - 1)),
              RevisionId.of(uuid()));
      default -> new DebugBundle(ValidationRunId.of(uuid()), fileName());
    };
  }

  /** A key with one thing changed, which is mostly no key any more. */
  String damagedKey() {
    StringBuilder key = new StringBuilder(artifact().key().value());
    int at = random.nextInt(key.length());
    switch (random.nextInt(5)) {
      case 0 -> key.deleteCharAt(at);
      case 1 -> key.insert(at, text(1));
      case 2 -> key.setCharAt(at, Character.toUpperCase(key.charAt(at)));
      case 3 -> key.insert(at, '/');
      default -> key.setLength(at);
    }
    return key.toString();
  }
}
