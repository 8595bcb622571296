-- For: tips, their capsules, the keyring's versions, agency keys sealed to members, and nonces of the staff door.
-- Deletes: nothing.
-- Days are whole days since 1970-01-01, UTC. What each column could betray: docs/PROTOCOL.md section 8.

create table counter (
    name text primary key,
    value integer not null
) strict, without rowid;

insert into counter (name, value)
values ('tip', 0);

create table tip (
    seq integer primary key,
    id blob not null unique check (length(id) = 32),
    day integer not null,
    keyring_version integer not null,
    body_hash blob not null check (length(body_hash) = 32),
    upload_hash blob not null check (length(upload_hash) = 32),
    letter blob not null
) strict;

create table capsule (
    tip_seq integer not null references tip (seq) on delete cascade,
    agency integer not null,
    sealed blob not null,
    primary key (tip_seq, agency)
) strict;

create table tombstone (
    id blob primary key check (length(id) = 32),
    day integer not null
) strict, without rowid;

create table keyring_version (
    number integer primary key,
    hash blob not null unique check (length(hash) = 32),
    document text not null
) strict;

create table agency_key (
    agency integer not null,
    epoch integer not null,
    author text not null,
    recipient text not null,
    signature blob not null check (length(signature) = 64),
    primary key (agency, epoch, author)
) strict;

create table agency_key_copy (
    agency integer not null,
    epoch integer not null,
    author text not null,
    member text not null,
    sealed text not null,
    primary key (agency, epoch, author, member),
    foreign key (agency, epoch, author) references agency_key (agency, epoch, author)
) strict;

create table agency_key_opened (
    agency integer not null,
    epoch integer not null,
    author text not null,
    recipient text not null,
    signature blob not null check (length(signature) = 64),
    primary key (agency, epoch, author)
) strict;

create table nonce (
    digest blob primary key check (length(digest) = 32),
    expires integer not null
) strict, without rowid;

create index nonce_expires on nonce (expires);
