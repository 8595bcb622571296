-- For: case events, which members write beside a tip: sealed, append-only, each with a label that tells only those who hold
-- the tip's thread key whose it is.
-- Deletes: nothing. Events go with their tip.
-- Neither author, kind, time nor day: docs/PROTOCOL.md section 8.

create table event (
    seq integer primary key,
    tip_seq integer not null references tip (seq) on delete cascade,
    hash blob not null unique check (length(hash) = 32),
    slot integer not null check (slot between 0 and 15),
    label blob not null check (length(label) = 16),
    sealed blob not null
) strict;

create index event_tip_seq on event (tip_seq);

insert into counter (name, value)
values ('event', 0);
