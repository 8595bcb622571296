-- For: more than one key by one author in an epoch, and a word about each key, so that nobody can use up a colleague's one
-- statement, and whoever made a bad key can make another.
-- Deletes: nothing. The tables are made again, because a primary key cannot be changed.

create table new_agency_key (
    agency integer not null,
    epoch integer not null,
    author text not null,
    recipient text not null,
    signature blob not null check (length(signature) = 64),
    primary key (agency, epoch, author, recipient)
) strict;

insert into new_agency_key (agency, epoch, author, recipient, signature)
select agency, epoch, author, recipient, signature
from agency_key;

create table new_agency_key_copy (
    agency integer not null,
    epoch integer not null,
    author text not null,
    recipient text not null,
    member text not null,
    sealed text not null,
    primary key (agency, epoch, author, recipient, member),
    foreign key (agency, epoch, author, recipient)
    references new_agency_key (agency, epoch, author, recipient)
) strict;

insert into new_agency_key_copy (agency, epoch, author, recipient, member, sealed)
select
    agency_key_copy.agency,
    agency_key_copy.epoch,
    agency_key_copy.author,
    agency_key.recipient,
    agency_key_copy.member,
    agency_key_copy.sealed
from agency_key_copy
inner join agency_key
    on agency_key.agency = agency_key_copy.agency
    and agency_key.epoch = agency_key_copy.epoch
    and agency_key.author = agency_key_copy.author;

create table new_agency_key_opened (
    agency integer not null,
    epoch integer not null,
    author text not null,
    recipient text not null,
    signature blob not null check (length(signature) = 64),
    primary key (agency, epoch, author, recipient)
) strict;

insert into new_agency_key_opened (agency, epoch, author, recipient, signature)
select agency, epoch, author, recipient, signature
from agency_key_opened;

drop table agency_key_copy;
drop table agency_key;
drop table agency_key_opened;

-- What refers to a table follows its new name.
alter table new_agency_key rename to agency_key;
alter table new_agency_key_copy rename to agency_key_copy;
alter table new_agency_key_opened rename to agency_key_opened;
