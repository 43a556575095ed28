package io.taforge.cli;

import static io.taforge.artifact.Quoted.quoted;

import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.ValidationRunId;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Makes values of the domain from arguments; what the domain says of a bad one is the failure. */
final class Values {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,18}");
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})([smhd])");

  private Values() {}

  static CommandLine registeredWith(CommandLine command) {
    return command
        .registerConverter(RequestId.class, reading(RequestId::parse))
        .registerConverter(RevisionId.class, reading(RevisionId::parse))
        .registerConverter(ValidationRunId.class, reading(ValidationRunId::parse))
        .registerConverter(BundleVersion.class, reading(BundleVersion::parse))
        .registerConverter(FileName.class, reading(FileName::of))
        .registerConverter(ContentType.class, reading(ContentType::of))
        .registerConverter(Sha256.class, reading(Sha256::ofHex))
        .registerConverter(MostDeletions.class, reading(MostDeletions::parse))
        .registerConverter(Percentage.class, reading(Percentage::parse))
        .registerConverter(OptionalLong.class, reading(Values::wholeNumber))
        .registerConverter(Duration.class, reading(Values::time));
  }

  private static OptionalLong wholeNumber(String text) {
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(quoted(text) + " is not a whole number of bytes");
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  private static Duration time(String text) {
    Matcher form = TIME.matcher(text);
    if (!form.matches()) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            quoted(text) + " is not a time: it must read like 90s, 15m, 12h, 7d or PT15M");
      }
    }
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static <T> ITypeConverter<T> reading(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }
}
