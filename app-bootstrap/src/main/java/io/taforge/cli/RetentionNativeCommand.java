package io.taforge.cli;

import io.taforge.config.Settings;
import io.taforge.storage.NativeRetentionState;
import io.taforge.storage.NativeRule;
import io.taforge.storage.client.ObjectStorageClient;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Puts the server's own rule about log samples in place, or looks at it. */
@Command(
    name = "native",
    description = {
      "Has the server remove expired log samples by a lifecycle rule of its own, as"
          + " SAMPLE_RETENTION_ENABLED and SAMPLE_RETENTION_DAYS say; with retention off, the rule"
          + " is removed.",
      "Rules of others are kept as they are. The rule does not see what holds a sample back by its"
          + " metadata, taforge-hold; it respects the server's own locks.",
      "Exit codes: 0 done, or no difference; 1 failed, such as on a backend without such rules; 3"
          + " with --diff, if there is a difference."
    },
    footer = {"", "Example: taforge retention native --diff"})
final class RetentionNativeCommand extends StorageCommand {
  /** With {@code --diff}, that something would have to be changed. */
  private static final int DIFFERENT = 3;

  private static final String NO_HOLDS =
      "taforge: the server's rule does not see holds by metadata: samples with taforge-hold expire"
          + " with all others";

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Choice choice;

  /** One of the three. */
  static final class Choice {
    @Option(names = "--plan", description = "Print the rule that would be put; change nothing.")
    private boolean isPlan;

    @Option(
        names = "--diff",
        description = "Print how the bucket's rule differs from that; change nothing.")
    private boolean isDiff;

    @Option(names = "--apply", description = "Put the rule in place, and read it again.")
    @SuppressWarnings("unused") // what is neither of the others
    private boolean isApply;
  }

  @Override
  int run(ObjectStorageClient client, Settings settings) {
    if (choice.isPlan || choice.isDiff) {
      NativeRetentionState state = client.compareNativeRetention(settings.retention());
      warn(state);
      root().print(new Answer(document(state), choice.isPlan ? plan(state) : diff(state)));
      return choice.isPlan || state.isInPlace() ? ExitCode.OK : DIFFERENT;
    }
    NativeRetentionState before = client.applyNativeRetention(settings.retention());
    warn(before);
    Map<String, Object> document = document(before);
    document.put("changed", !before.isInPlace());
    root().print(new Answer(document, applied(before)));
    return ExitCode.OK;
  }

  private void warn(NativeRetentionState state) {
    if (state.wanted().isPresent()) {
      root().warn(NO_HOLDS);
    }
  }

  private static String plan(NativeRetentionState state) {
    return state.bucket()
        + ": "
        + state.wanted().map(NativeRule::toString).orElse("no rule, because nothing expires")
        + "\n";
  }

  private static String diff(NativeRetentionState state) {
    if (state.isInPlace()) {
      return state.bucket() + ": no difference\n";
    }
    StringBuilder text = new StringBuilder();
    if (state.isThere()) {
      text.append("- ").append(found(state)).append('\n');
    }
    state.wanted().ifPresent(rule -> text.append("+ ").append(rule).append('\n'));
    return text.toString();
  }

  private static String found(NativeRetentionState state) {
    return state
        .found()
        .map(NativeRule::toString)
        .orElse(NativeRule.OURS + ": disabled, or of another form than taforge gives it");
  }

  private static String applied(NativeRetentionState before) {
    if (before.isInPlace()) {
      return before.bucket() + ": nothing to change\n";
    }
    return before.bucket()
        + ": "
        + before.wanted().map(rule -> "now has " + rule).orElse("has no rule of taforge any more")
        + "\n";
  }

  private static Map<String, Object> document(NativeRetentionState state) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("bucket", state.bucket());
    state.wanted().ifPresent(rule -> document.put("wanted", document(rule)));
    document.put("found", state.isThere());
    state.found().ifPresent(rule -> document.put("found_rule", document(rule)));
    document.put("foreign_rules", state.foreign());
    document.put("in_place", state.isInPlace());
    return document;
  }

  private static Map<String, Object> document(NativeRule rule) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", rule.id());
    document.put("prefix", rule.prefix());
    document.put("expire_after_days", rule.expireAfterDays());
    document.put("abort_uploads_after_days", rule.abortUploadsAfterDays());
    return document;
  }
}
