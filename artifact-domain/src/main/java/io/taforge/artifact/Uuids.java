package io.taforge.artifact;

import static io.taforge.artifact.Quoted.quoted;

import java.util.HexFormat;
import java.util.UUID;

/** Reads ids: {@link UUID#fromString} alone also takes {@code 1-1-1-1-1}, and gives no reason. */
final class Uuids {
  private static final String FORM = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  private Uuids() {}

  static UUID parse(String text, String what) {
    if (!hasForm(text)) {
      throw new InvalidKeyException(
          quoted(text)
              + " is not a "
              + what
              + ": it must be a UUID such as 123e4567-e89b-12d3-a456-426614174000");
    }
    return UUID.fromString(text);
  }

  private static boolean hasForm(String text) {
    boolean isForm = text.length() == FORM.length();
    for (int i = 0; isForm && i < FORM.length(); i++) {
      char c = text.charAt(i);
      isForm = FORM.charAt(i) == '-' ? c == '-' : HexFormat.isHexDigit(c);
    }
    return isForm;
  }
}
