-- For: what a source deletes is what they could have read: a reply whose delay is not over is shown when it is.
-- Deletes: nothing. Rows that wait to be overwritten hide all they name, as before.
-- The second is there as long as the row is, which is gone when what it names is overwritten. docs/PROTOCOL.md section 13.

alter table reply_emptied add column shown_by integer not null default 9223372036854775807;

drop index reply_emptied_place;

create index reply_emptied_place on reply_emptied (mailbox, token_hash, up_to, shown_by);
