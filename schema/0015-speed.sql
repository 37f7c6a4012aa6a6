-- The cards of a worker's day by their own order, without reading the worker's other cases; the visits that are due, by case.
-- +goose Up
drop index cases_mine;
create index cases_mine on cases (worker_id, due_on, stage, centre_id) where stage <> 'closed';
create index cases_mine_ready on cases (worker_id, changed_at, centre_id) where stage <> 'closed' and missing = 0;
create index contacts_due on contacts (case_id, due_on, centre_id) where state = 'open';
-- Who lies in a bed, without reading who lay there before.
create index stays_until on stays (bed_id, coalesce(to_on, '9999-12-31'), from_on) where state <> 'cancelled';
