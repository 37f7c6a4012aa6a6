-- The day on which a stay ended, and nothing while it lasts: what is planned is no end (see the other engine's half).
-- +goose Up
alter table stays add column left_on text generated always as (case when state = 'ended' then to_on end) stored;
drop index stays_ends;
create index stays_ends on stays (left_on, from_on, id);
