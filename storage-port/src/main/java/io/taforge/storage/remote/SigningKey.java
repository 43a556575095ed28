package io.taforge.storage.remote;

import static io.taforge.storage.remote.PercentEncoding.encoded;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What somebody signs with for a region and a service on one day, and what signatures say of it.
 */
final class SigningKey {
  private static final String HMAC = "HmacSHA256";
  private static final String END = "aws4_request";

  private final Credentials credentials;
  private final String region;
  private final String service;
  private final long epochDay;
  private final String day;
  private final String scope;
  private final String encodedCredential;
  private final Mac mac;

  SigningKey(Credentials credentials, String region, String service, long epochDay) {
    this.credentials = credentials;
    this.region = region;
    this.service = service;
    this.epochDay = epochDay;
    this.day = LocalDate.ofEpochDay(epochDay).format(DateTimeFormatter.BASIC_ISO_DATE);
    this.scope = String.join("/", day, region, service, END);
    this.encodedCredential = encoded(credential());
    Mac derived = mac(("AWS4" + credentials.secretKey()).getBytes(UTF_8));
    for (String each : List.of(day, region, service, END)) {
      derived = mac(derived.doFinal(each.getBytes(UTF_8)));
    }
    derived.update(new byte[0]); // takes the key in, which no copy has to do again
    this.mac = derived;
  }

  boolean isFor(Credentials others, String otherRegion, String otherService, long otherDay) {
    return epochDay == otherDay
        && credentials.equals(others)
        && region.equals(otherRegion)
        && service.equals(otherService);
  }

  /** The day, as dates begin that are signed. */
  String day() {
    return day;
  }

  /** What it is good for. */
  String scope() {
    return scope;
  }

  /** Who signs, and what for. */
  String credential() {
    return credentials.accessKey() + "/" + scope;
  }

  /** The same as part of a query. */
  String encodedCredential() {
    return encodedCredential;
  }

  /** The code of a text, in hex. */
  String signature(String text) {
    return HexFormat.of().formatHex(copy().doFinal(text.getBytes(UTF_8)));
  }

  private Mac copy() {
    try {
      return (Mac) mac.clone();
    } catch (CloneNotSupportedException e) { // somebody's own provider
      return new SigningKey(credentials, region, service, epochDay).mac;
    }
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + HMAC, e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return credential();
  }
}
