package io.taforge.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "localhost:9000,false,http://localhost:9000",
    "localhost:9000,true,https://localhost:9000",
    "s3.example.com,true,https://s3.example.com",
    "https://s3.example.com:9000/,false,https://s3.example.com:9000",
    "http://127.0.0.1:9000,true,http://127.0.0.1:9000",
    "[::1]:9000,false,http://[::1]:9000"
  })
  void hostAndPortOrUrl(String text, boolean isTls, String expected) {
    assertThat(Endpoint.parse(text, isTls)).hasToString(expected);
    assertThat(Endpoint.parse(text, isTls).isTls()).isEqualTo(expected.startsWith("https"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://",
        "ftp://host",
        "host:port",
        "host:99999",
        "host:0",
        "http://host/bucket",
        "http://host?x=1",
        "a b"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not an endpoint");
  }

  @Test
  void credentialsInAnEndpointAreRefusedAndNotRepeated() {
    for (String text : new String[] {"http://me:hush@host", "me:hush@host:9000", "me:hush@ho st"}) {
      assertThatThrownBy(() -> Endpoint.parse(text, false)).hasMessageNotContaining("hush");
    }
    assertThat(new Credentials("me", "hush")).hasToString("me:***");
  }
}
