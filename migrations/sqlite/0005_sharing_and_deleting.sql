-- For: more capsules for a tip (a referral), the deletion of a tip by two members, the purge of junk by two admins, and how
-- far each agency has read, by which both know that every agency has had its days.
-- Deletes: nothing.
-- Why a referral adds capsules for every agency and takes none away: docs/PROTOCOL.md section 7.2.

insert into counter (name, value)
values ('referral', 0), ('notice', 0);

create table referral (
    seq integer primary key,
    tip_seq integer not null references tip (seq) on delete cascade
) strict;

create index referral_tip on referral (tip_seq);

create table referral_capsule (
    referral_seq integer not null references referral (seq) on delete cascade,
    agency integer not null,
    sealed blob not null,
    primary key (referral_seq, agency)
) strict;

create table deletion_request (
    hash blob primary key check (length(hash) = 32),
    tip_seq integer not null references tip (seq) on delete cascade,
    member text not null,
    nonce blob not null check (length(nonce) = 16),
    day integer not null,
    signature blob not null check (length(signature) = 64),
    objected integer not null default 0 check (objected in (0, 1))
) strict;

create index deletion_request_tip on deletion_request (tip_seq);

create table deletion_notice (
    seq integer primary key,
    request blob not null unique references deletion_request (hash) on delete cascade,
    member text not null,
    day integer not null,
    signature blob not null check (length(signature) = 64),
    tag blob not null check (length(tag) = 32),
    noticed integer not null
) strict;

create table deletion_notice_seen (
    notice_seq integer not null references deletion_notice (seq) on delete cascade,
    agency integer not null,
    first_day integer not null,
    last_day integer not null,
    primary key (notice_seq, agency)
) strict;

create table has_read (
    agency integer not null,
    day integer not null,
    tips integer not null,
    primary key (agency, day)
) strict;

create table purge_request (
    hash blob primary key check (length(hash) = 32),
    admin text not null unique,
    through integer not null,
    tips integer not null,
    ids blob not null check (length(ids) = 32),
    nonce blob not null check (length(nonce) = 16),
    day integer not null,
    signature blob not null check (length(signature) = 64)
) strict;
