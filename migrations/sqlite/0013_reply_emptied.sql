-- For: what a source deletes is hidden by one row, of one length whatever lay there, and overwritten after the answer; and all replies
-- of a mailbox can be read, so that as many rows stand in their place.
-- Deletes: nothing.
-- No day: a row is gone when what it names is overwritten. docs/PROTOCOL.md section 13.

create table reply_emptied (
    seq integer primary key,
    mailbox blob not null check (length(mailbox) = 32),
    token_hash blob not null check (length(token_hash) = 32),
    up_to integer not null
) strict;

create index reply_emptied_place on reply_emptied (mailbox, token_hash, up_to);

insert into reply_blank (sealed)
select randomblob(5755)
from reply_blank as one
cross join json_each('[1, 2, 3, 4, 5, 6, 7, 8, 9]');
