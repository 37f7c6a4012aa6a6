-- The key of what is counted carries the number, so that a page reads its sums from the key alone.
-- +goose Up
alter table tallies drop constraint tallies_pkey, add constraint tallies_pkey primary key (measure, grain, bucket, centre_id, dim) include (n);
