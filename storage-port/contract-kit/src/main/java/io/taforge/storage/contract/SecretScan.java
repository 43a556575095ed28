package io.taforge.storage.contract;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for secrets in what a store says: messages, causes, stack traces, and whatever else is
 * shown to it. A secret is found as it is, percent-encoded, in Base64 and in hexadecimal digits.
 */
public final class SecretScan {
  private final Map<String, String> forms = new LinkedHashMap<>();
  private final List<String> hits = new ArrayList<>();
  private int looks;

  private SecretScan() {}

  /** For these secrets, by what they are called. */
  public static SecretScan of(Map<String, String> secrets) {
    SecretScan scan = new SecretScan();
    secrets.forEach(scan::know);
    return scan;
  }

  /** Also for this one, from now on. */
  public void know(String name, String secret) {
    if (secret.length() < 8) {
      throw new IllegalArgumentException("Whatever is shorter may be anywhere by chance");
    }
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    forms.put(secret, name);
    forms.put(URLEncoder.encode(secret, StandardCharsets.UTF_8), name + ", percent-encoded");
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    forms.put(base64.substring(0, base64.length() - 1), name + ", in Base64");
    forms.put(HexFormat.of().formatHex(bytes), name + ", in hexadecimal digits");
  }

  /** Looks at a text that came from somewhere. */
  public void look(String where, String text) {
    looks++;
    forms.forEach(
        (form, name) -> {
          if (text.contains(form)) {
            hits.add(where + " tells " + name);
          }
        });
  }

  /** Looks at all that a failure says: its message, its text, and its trace with all causes. */
  public void look(String where, Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    look(where, trace + " " + failure.getMessage() + " " + failure.getLocalizedMessage());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      look(where + ", cause", cause.getMessage() + " " + cause.getLocalizedMessage());
    }
  }

  /** Where something was found, and what. */
  public List<String> hits() {
    return List.copyOf(hits);
  }

  /** How many texts have been looked at. */
  public int looks() {
    return looks;
  }
}
