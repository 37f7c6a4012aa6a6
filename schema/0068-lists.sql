-- The list behind a figure goes from its newest fact to its oldest, so each has an index by the day on which its facts count;
-- what is there on a day is found among what has no end and what ended later. They take the place of indexes by id, in which a
-- page was looked for through the whole history.
-- +goose Up
create index stays_from on stays (from_on, id);
create index stays_gone on stays (to_on, id) where state = 'ended';
create index stays_ends on stays ((case when state = 'ended' then to_on end), from_on, id);
create index stays_ungrouped on stays (id) where age = '';
drop index stays_age;
drop index stays_region;

create index cases_opened on cases (opened_on, id);
create index cases_ends on cases (closed_on, opened_on, id);
create index cases_back on cases (opened_on, id) where return_days is not null;
create index cases_due_on on cases (due_on, id) where stage <> 'closed' and due_on is not null;
create index cases_queue_ends on cases (placed_on, queued_on, id) where queued_on is not null;
drop index cases_papers;
create index cases_papers on cases (papers, opened_on, id) where papers is not null;

drop index case_stages_figure;
create index case_stages_from on case_stages (stage, on_day, id);
create index case_stages_ends on case_stages (left_on, stage, on_day, id);
drop index case_stages_timely;
create index case_stages_timely on case_stages (timely, left_on, id) where timely is not null and timely <> '';

create index terminations_on on terminations (on_day, case_id);
drop index terminations_course;
create index terminations_course on terminations (course, on_day, case_id) where course is not null and course <> '';
drop index terminations_rise;
create index terminations_rise on terminations (rise, on_day, case_id) where rise is not null and rise <> '';
drop index terminations_back;
create index terminations_back on terminations (on_day, case_id) where back_on is not null;

drop index contacts_figure;
create index contacts_figure on contacts (month, due_on, id);

drop index case_items_list;
create index case_items_from on case_items (what, dim, from_on, id);
create index case_items_ends on case_items (what, to_on, dim, from_on, id);

drop index referrals_answered;
create index referrals_answered on referrals (answered, sent_on, id) where answered is not null;
drop index referrals_ended;
create index referrals_ended on referrals (ended, sent_on, id) where ended is not null;
