-- For: versions by which recovery admins would replace admins, and the day from which on everyone can see them.
-- Deletes: nothing.
-- All of them go when the next version of the keyring is stored, whichever that is.

create table keyring_proposal (
    hash blob primary key check (length(hash) = 32),
    number integer not null,
    day integer not null,
    document text not null
) strict;
