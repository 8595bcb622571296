//! Of what is shared, given and deleted, and of the record of it.

pub(in crate::desk::cli) const REFER: &str = "\
Examples:
  desk refer T-7K3M --to 'child welfare' --share facts --purpose 'check on the child' --reason 'the source said yes to facts'
  desk refer T-7K3M --to 2 --share all --purpose investigate --reason 'the source agreed' --within 12 --confirm T-7K3M
  desk refer T-7K3M --to 1 --share facts --purpose 'a bed' --reason 'she agreed' --consent-by 'she, by code' --consent-until 2027-01-31
  desk refer T-7K3M --to 2 --share all --purpose investigate --reason 'the source agreed' --dry-run
                             whether the source's wishes allow it
";

pub(in crate::desk::cli) const ACCEPT: &str = "\
Examples:
  desk accept T-7K3M
  desk accept T-7K3M --contact 'Ana Diaz, 555-0101, weekdays'
";

pub(in crate::desk::cli) const DECLINE: &str = "\
Examples:
  desk decline T-7K3M --reason 'not our county'
";

pub(in crate::desk::cli) const RETURN: &str = "\
Examples:
  desk return T-7K3M --reason 'she moved to the next county'
";

pub(in crate::desk::cli) const REDACT: &str = "\
Examples:
  desk redact T-7K3M --field contact
  desk redact T-7K3M --words 'my cousin Mia' --reason 'names the source'
";

pub(in crate::desk::cli) const COUNTERSIGN: &str = "\
Examples:
  desk countersign T-7K3M 3f9a12c4
  desk countersign T-7K3M 3f9a12c4 --confirm T-7K3M
";

pub(in crate::desk::cli) const OBJECT: &str = "\
Examples:
  desk object T-7K3M --reason 'our case needs it'
  desk object T-7K3M 3f9a12c4 --reason 'the source said no'
";

pub(in crate::desk::cli) const WITHDRAW: &str = "\
Examples:
  desk withdraw T-7K3M 3f9a12c4
";

pub(in crate::desk::cli) const DELETE: &str = "\
Examples:
  desk delete T-7K3M --reason 'the source asked for it'
";

pub(in crate::desk::cli) const DISSEMINATIONS: &str = "\
Examples:
  desk disseminations --month 2026-11
  desk disseminations T-7K3M --json
";

pub(in crate::desk::cli) const DECONFLICT: &str = "\
Examples:
  desk deconflict            carries on with every agency that waits, begins what is due, and says what both hold
  desk deconflict --dry-run  how much would be compared with whom; nothing is sent
  desk deconflict --with police --yes --json | jq -r '.matches[] | [.kind, .written, .ask] | @tsv'
  desk deconflict --tip T-7K3M   what is known of one tip; stops where its source forbids it
";

pub(in crate::desk::cli) const AUDIT: &str = "\
Examples:
  desk audit verify          all that was written on tips, and your own log
  desk audit verify T-7K3M --json
  desk audit log             what was done with your keys
";

pub(in crate::desk::cli) const AUDIT_LOG: &str = "\
Examples:
  desk audit log --since 2026-11-01
  desk audit log T-7K3M
  desk audit log --plain | grep refused
";

pub(in crate::desk::cli) const AUDIT_PRUNE: &str = "\
Examples:
  desk audit prune
";
