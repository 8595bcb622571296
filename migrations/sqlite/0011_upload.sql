-- For: files that follow a letter: how far each is, and under which random names its sealed parts lie outside the database.
-- Deletes: nothing.
-- `upload.goes` is the hour, in seconds since 1970, at which a file goes that is not whole by then; null once it is whole.
-- `upload_gone` remembers for a week, by the day, which files went so: whoever comes back to one hears that it is gone.
-- `upload_waste` names what lies there, or may, and is no part of any file from the hour `goes` on: a part is named there before it
-- is written, so that nothing is left behind by whatever breaks.

create table upload (
    seq integer primary key,
    tip_seq integer not null references tip (seq) on delete cascade,
    name blob not null unique check (length(name) = 16),
    length integer not null check (length > 0),
    offset integer not null default 0 check (offset between 0 and length),
    is_manifest integer not null check (is_manifest in (0, 1)),
    goes integer
) strict;

create index upload_tip on upload (tip_seq);

create index upload_goes on upload (goes)
where goes is not null;

create table upload_part (
    object blob primary key check (length(object) = 16),
    upload_seq integer not null references upload (seq) on delete cascade,
    offset integer not null,
    length integer not null check (length > 0),
    unique (upload_seq, offset)
) strict, without rowid;

create table upload_gone (
    name blob primary key check (length(name) = 16),
    tip_seq integer not null references tip (seq) on delete cascade,
    goes integer not null
) strict, without rowid;

create index upload_gone_tip on upload_gone (tip_seq);

create table upload_waste (
    object blob primary key check (length(object) = 16),
    goes integer not null
) strict, without rowid;

create index upload_waste_goes on upload_waste (goes);
