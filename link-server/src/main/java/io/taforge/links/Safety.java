package io.taforge.links;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** What every answer says, so that a browser runs nothing of what others have uploaded. */
final class Safety {
  private static final List<HttpField> FIELDS =
      List.of(
          new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
          new PreEncodedHttpField("Content-Security-Policy", "sandbox; default-src 'none'"),
          new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
          new PreEncodedHttpField("Cache-Control", "private, no-store"));

  private Safety() {}

  static void addTo(HttpFields.Mutable headers) {
    FIELDS.forEach(headers::put);
  }
}
