-- For: whether a reply may be shown by now is read from the index, so that walking past one costs as little as walking past what
-- stands in its place.
-- Deletes: nothing. docs/PROTOCOL.md section 13.

drop index reply_mailbox;

create index reply_shown on reply (mailbox, token_hash, seq, shown_from);
