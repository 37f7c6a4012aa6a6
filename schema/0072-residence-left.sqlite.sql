-- The day on which a stay ended, and nothing while it lasts: what is planned is no end. A column and no expression in the
-- index, because only of a column does this engine see that the index gives the order of a list.
-- +goose Up
alter table stays add column left_on text generated always as (case when state = 'ended' then to_on end) virtual;
drop index stays_ends;
create index stays_ends on stays (left_on, from_on, id);
