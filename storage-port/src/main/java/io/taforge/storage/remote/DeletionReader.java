package io.taforge.storage.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what became of a batch of deletions, as servers of S3 write it. */
public final class DeletionReader {
  /**
   * What a server says of a batch.
   *
   * @param deleted the keys of what is gone
   * @param errors why others are not
   */
  public record Deletions(Set<String> deleted, List<Kept> errors) {
    /** Keeps copies. */
    public Deletions {
      deleted = Set.copyOf(deleted);
      errors = List.copyOf(errors);
    }

    /** Those of these keys of which the server says nothing at all. */
    public Set<String> unmentioned(List<String> keys) {
      Set<String> unmentioned = new LinkedHashSet<>(keys);
      unmentioned.removeAll(deleted);
      errors.forEach(each -> unmentioned.remove(each.key()));
      return unmentioned;
    }
  }

  /**
   * Why something could not be deleted.
   *
   * @param key whose; empty if the server does not tell
   * @param code of S3; empty if the server does not tell
   */
  public record Kept(String key, String code) {}

  private DeletionReader() {}

  /**
   * Reads an answer to its end.
   *
   * @param answer as it comes; left open
   * @throws IOException if it breaks off
   * @throws IllegalArgumentException if it is something else
   */
  public static Deletions read(InputStream answer) throws IOException {
    return XmlAnswer.read(answer, DeletionReader::deletions);
  }

  static Deletions deletions(PageCursor xml) {
    xml.begin();
    if (!xml.isAt("DeleteResult")) {
      throw new IllegalArgumentException("the answer is not about deletions");
    }
    Set<String> deleted = new HashSet<>();
    List<Kept> errors = new ArrayList<>();
    while (xml.isAtChild()) {
      if (xml.isAt("Deleted")) {
        deleted.add(kept(xml).key());
      } else if (xml.isAt("Error")) {
        errors.add(kept(xml));
      } else {
        xml.skip();
      }
    }
    xml.end();
    return new Deletions(deleted, errors);
  }

  private static Kept kept(PageCursor xml) {
    String key = "";
    String code = "";
    while (xml.isAtChild()) {
      if (xml.isAt("Key")) {
        key = xml.text();
      } else if (xml.isAt("Code")) {
        code = xml.text();
      } else {
        xml.skip();
      }
    }
    return new Kept(key, code);
  }
}
