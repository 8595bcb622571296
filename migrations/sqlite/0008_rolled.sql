-- For: the newest recipient of each member, and the chain of their own words that leads to it from the keyring's.
-- Deletes: nothing.
-- No day stands beside them: how often somebody comes by is nobody's business.

create table member_roll (
    member text not null,
    number integer not null,
    recipient_hash blob not null check (length(recipient_hash) = 32),
    signature blob not null check (length(signature) = 64),
    primary key (member, number)
) strict;

create table member_recipient (
    member text primary key,
    recipient text not null
) strict;
