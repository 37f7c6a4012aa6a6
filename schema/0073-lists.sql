-- What ended at one institution is found by its day, planned ends apart; what moved after leaving is told apart in the index,
-- before a row is read for it; whose case left care while she lives in, among the few of whom that day is kept. Cases that nobody
-- carries and contacts that are late are listed from the oldest.
-- +goose Up
drop index stays_left;
create index stays_left on stays (centre_id, left_on) where left_on is not null;
drop index terminations_on;
create index terminations_on on terminations (on_day, case_id, course, decile, gain_decile, gain_income, gain_work, gain_head, gain_aid);
drop index cases_left;
drop index cases_quiet;
create index cases_quiet on cases (quiet_on, centre_id, stage, person_id) where quiet_on is not null;
create index cases_nobody on cases (opened_on, id, centre_id) where stage <> 'closed' and worker_id is null;
drop index contacts_soon;
create index contacts_soon on contacts (due_on, id, centre_id) where state = 'open';
