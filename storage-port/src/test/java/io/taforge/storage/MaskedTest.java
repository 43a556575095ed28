package io.taforge.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTest {
  @ParameterizedTest
  @CsvSource({
    "ftp://jo:hush@host/a, ftp://***@host/a",
    "ftp://jo:hu@sh@host/a, ftp://***@host/a",
    "ftp://jo:hu/sh@host/a, ftp://***@host/a",
    "ftp://hush@host, ftp://***@host",
    "zip:ftp://jo:hush@host/a.zip!/b, zip:ftp://***@host/a.zip!/b",
    "http://host/a?token=hush, http://host/a?***",
    "http://host:80/a, http://host:80/a",
    "ram:///a@b, ram:///a@b",
    "/home/jo@work/a?b, /home/jo@work/a?b",
    "file:///home/jo@work, file:///home/jo@work"
  })
  void whatMayBeASecretIsHidden(String location, String shown) {
    assertThat(Masked.location(location)).isEqualTo(shown);
  }
}
