-- What somebody learned in care, and whether the tools for it went along: held against what became of them a year later.
-- +goose Up
alter table terminations add column skill text not null default '';
alter table terminations add column tool text not null default '';
alter table terminations add column year_on text not null default ''; -- a year after leaving
create index terminations_taught on terminations (year_on, case_id) where skill <> '';
