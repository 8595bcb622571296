-- For: the names of those for whom an agency's key was made, as its maker has signed them: a key that somebody has a copy of
-- who was taken out since is taken for no next key.
-- Deletes: nothing. Keys that were stored before have no names, and so no true signature: those that wait are made again.

alter table agency_key add column sealed_to text not null default '';
