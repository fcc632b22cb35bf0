package io.emulsion.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://key:SECRET@bucket/a",
        "s3a://key:SEC/RET@bucket/a",
        "s3a://key:SECRET12345@bucket",
        "s3a://key:12345@bucket",
        "s3a://:SECRET@bucket",
        "S3A://SECRET@bucket",
        "https://SECRET@host/a",
        "abfss://container:SECRET@account/a",
        "s3a://key:SEC@RET@bucket",
        "s3a://key:SEC/RET\n@bucket"
      })
  void findsAndHidesThem(String path) {
    assertThat(Credentials.in(path)).isTrue();
    assertThat(Credentials.hidden(path))
        .contains("://***@")
        .doesNotContain("SEC", "RET", "12345", "key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "photos",
        "/data/a@b",
        "file:///data/a:b@c",
        "hdfs://host:8020/a@b",
        "hdfs://host:8020/a:b@c",
        "hdfs://[::1]:8020/a@b",
        "s3a://bucket/a@b:c",
        "abfss://container@account.example/a",
        "wasb://container@account.example/a"
      })
  void leavesOtherPathsAlone(String path) {
    assertThat(Credentials.in(path)).isFalse();
    assertThat(Credentials.hidden(path)).isEqualTo(path);
  }
}
