-- For: an agency's capsules sealed again to its newer key, beside the old ones until a second person's desk has opened the
-- new; and the words by which an agency has the copies of an old key destroyed.
-- Deletes: nothing.
-- An epoch stands on every capsule of a tip alike, whether it opens for anyone or not: docs/PROTOCOL.md section 8.

-- None as long as it is as it came: then the version that the tip was sealed under says which epoch that was.
alter table capsule
add column epoch integer;

alter table referral_capsule
add column epoch integer;

-- Referrals that were there before count as sealed under the first version, so that they are sealed again in any case.
alter table referral
add column keyring_version integer not null default 0;

create table sealed_again (
    seq integer primary key,
    agency integer not null,
    epoch integer not null,
    author text not null,
    tip_seq integer not null references tip (seq) on delete cascade,
    referral_seq integer not null,
    day integer not null,
    signature blob not null check (length(signature) = 64),
    sealed blob not null,
    unique (tip_seq, referral_seq, agency, author)
) strict;

create index sealed_again_agency on sealed_again (agency, seq);

create table agency_key_retired (
    agency integer not null,
    epoch integer not null,
    author text not null,
    recipient text not null,
    signature blob not null check (length(signature) = 64),
    primary key (agency, epoch, author, recipient)
) strict;

insert into counter (name, value)
values ('sealed_again', 0);
