-- For: the word of each agency that it has opened a canary, by which others know that tips reach it.
-- Deletes: nothing.
-- Which tip a canary came in does not stand here, and cannot be found by what does.

create table canary (
    hash blob not null check (length(hash) = 32),
    agency integer not null,
    member text not null,
    day integer not null,
    signature blob not null check (length(signature) = 64),
    primary key (hash, agency)
) strict;
