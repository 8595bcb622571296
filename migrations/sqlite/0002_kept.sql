-- For: a flag on tips that at least one desk has opened, so that junk, which nobody opens, can be told and purged.
-- Deletes: nothing.
-- A flag and no more: neither who opened it, nor when, nor how many.

alter table tip
add column kept integer not null default 0 check (kept in (0, 1));
