package io.taforge.artifact;

import static io.taforge.artifact.Quoted.quoted;

import java.util.UUID;
import java.util.regex.Pattern;

/** Reads ids: {@link UUID#fromString} alone also takes {@code 1-1-1-1-1}, and gives no reason. */
final class Uuids {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

  private Uuids() {}

  static UUID parse(String text, String what) {
    if (!FORM.matcher(text).matches()) {
      throw new InvalidKeyException(
          quoted(text)
              + " is not a "
              + what
              + ": it must be a UUID such as 123e4567-e89b-12d3-a456-426614174000");
    }
    return UUID.fromString(text);
  }
}
