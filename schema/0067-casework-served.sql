-- The last day on which a case was given a service stands on the case: who was not served for a week is asked about on every
-- home and in the quality of the records, and was looked for among all services of each resident. Closed cases are not asked.
-- +goose Up
alter table cases add column served_on text;
update cases set served_on = (select max(v.on_day) from services v where v.case_id = cases.id)
where stage <> 'closed' or id in (select s.case_id from stays s where s.state = 'open');
