-- For: messages by which two agencies learn what both of them hold, sealed to those two.
-- Deletes: nothing.
-- From whom and for whom a message is does not stand here, and cannot be told from it: all have one length.

insert into counter (name, value)
values ('pointer', 0);

create table pointer (
    seq integer primary key,
    hash blob not null unique check (length(hash) = 32),
    day integer not null,
    sealed blob not null
) strict;
