-- For: replies to whoever has a receipt code, sealed, each under the mailbox and the hash of the token that opens it.
-- Deletes: nothing.
-- Neither author nor tip, and no day on which anything was written or read: docs/PROTOCOL.md section 13.

create table reply (
    seq integer primary key,
    mailbox blob not null check (length(mailbox) = 32),
    token_hash blob not null check (length(token_hash) = 32),
    hash blob not null unique check (length(hash) = 32),
    shown_from integer not null,
    goes integer not null,
    sealed blob not null check (length(sealed) = 5755)
) strict;

create index reply_mailbox on reply (mailbox, token_hash, seq);

-- What is read in the place of replies that are not there, so that as many bytes are read whatever is there.
create table reply_blank (
    seq integer primary key,
    sealed blob not null check (length(sealed) = 5755)
) strict;

insert into reply_blank (seq, sealed)
select
    value,
    randomblob(5755)
from json_each('[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]');
