package io.taforge.cli;

import picocli.CommandLine.Command;

/** The commands about the audit trail. */
@Command(
    name = "audit",
    description = "Looks into the record of who did what.",
    footer = {"", "Example: taforge audit verify"},
    subcommands = AuditVerifyCommand.class)
final class AuditCommand {}
