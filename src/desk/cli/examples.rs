//! What stands above each help text: the commands as one would type them.

pub(super) use sharing::{
    ACCEPT, AUDIT, AUDIT_LOG, AUDIT_PRUNE, COUNTERSIGN, DECLINE, DECONFLICT, DELETE, DISSEMINATIONS, OBJECT, REDACT,
    REFER, RETURN, WITHDRAW,
};

mod sharing;

pub(super) const DESK: &str = "\
Examples:
  desk inbox                 the tips you may open, the most urgent first
  desk next                  the most urgent one that nobody works on: claimed, and shown
  desk show T-7K3M           one tip in full
  desk note T-7K3M           write beside it
  desk inbox --json          the same for programs
  desk init --id maria-laptop --agency 2
                             make your keys on this machine
  desk unlock                so that the passphrase is asked once
";

pub(super) const INIT: &str = "\
Examples:
  desk init --id maria-laptop --person maria --agency 2 --staff https://staff.example --genesis HASH
  desk --profile ~/work-profile init --id maria-desk --person maria --agency 2
";

pub(super) const PIN: &str = "\
Examples:
  desk pin --staff https://staff.example --genesis HASH
  desk pin                   the site's twelve words, to compare with others'
";

pub(super) const INBOX: &str = "\
Examples:
  desk inbox
  desk inbox --offline       what this machine knows, without asking the server
  desk inbox --json | jq -r '.tips[] | select(.urgency == \"now\") | .id'
  desk inbox --plain | cut -f 1,2
";

pub(super) const SHOW: &str = "\
Examples:
  desk show T-7K3M
  desk show 7k3m --json
";

pub(super) const ATTACHMENTS: &str = "\
Examples:
  desk attachments T-7K3M
  desk attachments T-7K3M --json | jq '.files[] | select(.state == \"whole\")'
";

pub(super) const SAVE: &str = "\
Examples:
  desk save T-7K3M 1 -o door.jpg
";

pub(super) const SEARCH: &str = "\
Examples:
  desk search 'plate:AB* AND minor'
  desk search '(motel OR hotel) NOT minor:no after:2026-11-01'
  desk search '\"blue house\" where:elm'
  desk search phone:8605550101 --json | jq -r '.tips[].id'
";

pub(super) const SIMILAR: &str = "\
Examples:
  desk similar T-7K3M        what may tell of the same thing, and why
  desk similar T-7K3M --json | jq -r '.similar[] | select(.guess == \"duplicate\") | .id'
";

pub(super) const NEXT: &str = "\
Examples:
  desk next                  the most urgent unclaimed tip: claimed for 2 hours, and shown
  desk next --dry-run        which it would be
";

pub(super) const TUI: &str = "\
Examples:
  desk tui                   `?` shows the keys, `q` ends; locks itself as `desk unlock` does
  DESK_ACCESSIBLE=1 desk tui a dialogue, line by line
";

pub(super) const WATCH: &str = "\
Examples:
  desk watch                 rings when a P1 waits unread or unclaimed; Ctrl-C ends it
  desk watch --every 30
  desk watch --once          one look, for a timer of the system
  desk config set watch-command /usr/bin/notify-send 'Look at your desk'
";

pub(super) const CLAIM: &str = "\
Examples:
  desk claim T-7K3M
  desk claim T-7K3M --for 8  for 8 hours; whatever you write on it moves that on
";

pub(super) const RELEASE: &str = "\
Examples:
  desk release T-7K3M
";

pub(super) const ASSIGN: &str = "\
Examples:
  desk assign T-7K3M --to maria
";

pub(super) const NOTE: &str = "\
Examples:
  desk note T-7K3M -m 'Called the school: they know the car.'
  desk note T-7K3M           asks for the words; nothing is written to a file
  some-command | desk note T-7K3M
";

pub(super) const REPLY: &str = "\
Examples:
  desk reply T-7K3M -m 'Thank you. Is it safe to call on Friday at noon?'
  desk reply T-7K3M --template safe   words that are ready, in the language of the source's form
  desk reply T-7K3M --dry-run   asks for the words, shows what would be sent, and sends nothing
  some-command | desk reply T-7K3M --yes
";

pub(super) const LABEL: &str = "\
Examples:
  desk label T-7K3M --add motel --add route-5
  desk label --remove checked --matching 'where:elm' --dry-run
";

pub(super) const STATUS: &str = "\
Examples:
  desk status T-7K3M --to acting
  desk status T-7K3M --to closed --reason duplicate
  desk status --to closed --reason junk --matching 'label:wayfair' --dry-run
";

pub(super) const PRIORITY: &str = "\
Examples:
  desk priority T-7K3M p1 --reason 'She is moved tonight'
  desk priority T-7K3M rules --reason 'She is safe'
";

pub(super) const GRADE: &str = "\
Examples:
  desk grade T-7K3M corroborated -m 'The plate is registered to that motel'
";

pub(super) const LINK: &str = "\
Examples:
  desk link T-7K3M T-9QXA --as same-suspect
  desk link T-7K3M T-9QXA --as same-suspect --undo
";

pub(super) const RECUSE: &str = "\
Examples:
  desk recuse T-7K3M --reason 'I know the suspect' --to ned
  desk recuse T-7K3M --reason conflict --agency --confirm T-7K3M
";

pub(super) const HOLD: &str = "\
Examples:
  desk hold T-7K3M --reason 'Case 26-114'
  desk hold T-7K3M --lift --reason 'Case closed'
";

pub(super) const OUTCOME: &str = "\
Examples:
  desk outcome T-7K3M charged -m 'two counts'
";

pub(super) const EXPORT: &str = "\
Examples:
  desk export T-7K3M --form pdf -o sheet.pdf
  desk export T-7K3M --form json -o facts.json --to 2 --share facts
  desk export T-7K3M --form dcf136 -o report.md
                             a draft: nobody sends it. The facts alone where the source lets no more go
  desk export --search 'motel after:2026-11-01' --form csv -o motels.csv --dry-run
  desk export T-7K3M --form evidence -o T-7K3M.tar
  desk export verify T-7K3M.tar
";

pub(super) const VERIFY: &str = "\
Examples:
  desk export verify T-7K3M.tar
";

pub(super) const STATS: &str = "\
Examples:
  desk stats
  desk stats --from 2026-01 --to 2026-12 --html -o figures.html
  desk stats --json | jq '.funnel'
";

pub(super) const KEYS: &str = "\
Examples:
  desk keys rotate           one member makes the agency's next key
  desk keys confirm          a second one makes sure that their copy opens
  desk keys recover split --threshold 2 --holder mia-1 --holder ned-1 --holder zoe-1
  desk keys recover words share-0-1-mia-1.age     35 words, for paper
  desk keys drill            try them: pass or fail
  desk keys recover join     when every machine was lost
  desk keys reseal           once the admins have published it: one seals, a second one checks
  desk keys report           `0 tips still need key 3`
  desk keys retire 3         two members: its copies are destroyed
  desk keys renew            where somebody left: all of these that you can do now
  desk keys seen-by dana     what a colleague could open who was taken out
";

pub(super) const ENROLMENT: &str = "\
Examples:
  desk enrolment
  desk enrolment -o maria-again.json
";

pub(super) const UNLOCK: &str = "\
Examples:
  desk unlock                asks the passphrase; then no command asks until nobody used it for 5 minutes
  desk unlock --for 20
  desk unlock --passphrase-file FILE --no-input
";

pub(super) const LOCK: &str = "\
Examples:
  desk lock
";

pub(super) const CONFIG: &str = "\
Examples:
  desk config show
  desk config set auto-lock 10
  desk config set accessible on
  desk config set watch-bell off
  desk config set watch-command /usr/bin/notify-send 'Look at your desk'
  desk config set watch-command off
";

pub(super) const DOCTOR: &str = "\
Examples:
  desk doctor                asks for the passphrase, opens the cache and asks the server as you
  desk doctor --no-input     looks at what needs no passphrase
  desk doctor --json | jq -r '.checks[] | select(.level != \"ok\") | .hint'
";

pub(super) const COVER: &str = "\
Examples:
  desk cover --form http://FORM.onion --proxy socks5h://127.0.0.1:9050 --per-day 5
  desk cover --form https://form.example --per-day 5 --once
  desk cover --form https://form.example --genesis 'TWELVE WORDS' --count 3 --now
";

pub(super) const CANARY: &str = "\
Examples:
  desk canary --form https://form.example --now
  desk canary --form http://FORM.onion --proxy socks5h://127.0.0.1:9050     from a timer, every day
  desk canary --status       which agency has opened which; ends with 1 when one is silent for more than a day
";

pub(super) const VERIFY_FORM: &str = "\
Examples:
  desk verify https://tips.example
  desk verify http://ADDRESS.onion --proxy socks5h://127.0.0.1:9050 --json
  desk verify https://tips.example --watch --every 120   on a machine that is nobody's desk
";

pub(super) const ADMIN: &str = "\
Examples:
  desk admin init --id root-a --agency 0
  desk admin site new --agency help-line --agency police --admin root-a.json --admin root-b.json
  desk admin sign            each admin, with the draft in the same directory
  desk admin publish --staff https://staff.example
  desk admin member add maria-laptop.json
  desk admin agency key      take new agency keys into the draft, and the end of old ones
  desk admin revoke dana --sign
                             take a member out, at any hour; an admin of another agency: `desk admin sign --publish`
  desk admin junk            what could be purged; `desk admin purge SET` asks for it, or says so, too
";

pub(super) const RULES: &str = "\
Examples:
  desk admin rules rules.toml   made from deploy/rules.toml; a part that it lacks stays as it is
                                then show, sign (admins of two agencies), publish
";

pub(super) const REPLACE: &str = "\
Examples:
  desk admin replace ada ada-2.json
                             then show, sign (admins of two agencies who are not ada), publish
";

pub(super) const RECOVER_ADMINS: &str = "\
Examples:
  desk admin recover name rex.json sue.json --days 30
                             in version 0 or later, signed by the admins: who may replace them
  desk admin replace ada ada-2.json --draft recovery.json
                             then, at once: `recover sign` by two, `recover propose`; after its delay, `recover publish`;
                             all of them take recovery.json where no other draft is named
  desk admin recover status  what is proposed: any version that the admins publish stops it
";

pub(super) const STATUS_OF_SITE: &str = "\
Examples:
  desk admin status          what wants attention, and what to do about it
  desk admin status --json   the same for a monitor; ends with 1 when something must be put right
";

pub(super) const JUNK: &str = "\
Examples:
  desk admin junk            how many, how old, and which agency keeps others waiting
  desk admin junk --list | sha256sum
                             the hash that two admins sign
";

pub(super) const PURGE: &str = "\
Examples:
  desk admin purge 3f9a-12c4-88d0-5e71
                             asks for it; of another agency's admin: says so, too, and it is done
";

pub(super) const HELP: &str = "\
Examples:
  desk help show
  desk help exit-codes
  desk help priority
";

pub(super) const MAN: &str = "\
Examples:
  desk man -o ~/.local/share/man/man1
";

pub(super) const COMPLETIONS: &str = "\
Examples:
  desk completions bash > ~/.local/share/bash-completion/completions/desk
  desk completions zsh > ~/.zfunc/_desk
  desk completions fish > ~/.config/fish/completions/desk.fish
";
