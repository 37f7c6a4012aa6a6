-- The last day on which something is recorded of who lives in an institution stands on the case: the arrival, a service or a
-- note that holds; null when nobody lives in with it. Who was forgotten is then found by a day, and not by going through
-- everybody who lives in.
-- +goose Up
alter table cases add column quiet_on text;
update cases set quiet_on = (select max(s.entered_on) from stays s where s.case_id = cases.id and s.state = 'open')
where id in (select s.case_id from stays s where s.state = 'open');
update cases set quiet_on = served_on where quiet_on < served_on;
update cases set quiet_on = (select max(n.on_day) from case_notes n where n.case_id = cases.id and n.struck_on is null)
where quiet_on < (select max(n.on_day) from case_notes n where n.case_id = cases.id and n.struck_on is null);
create index cases_quiet on cases (quiet_on, centre_id) where quiet_on is not null;
create index cases_left on cases (centre_id, id) where quiet_on is not null and stage in ('aftercare', 'closed');
