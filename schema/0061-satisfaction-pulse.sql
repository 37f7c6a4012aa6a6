-- +goose Up
-- Answers that residents, families and visitors give by themselves, and those that came in a file, beside paper forms.
alter table survey_rounds add column pulse boolean not null default false; -- everybody may answer at /pendapat
alter table survey_answers add column source text not null default 'paper'; -- paper, file, pulse
alter table survey_answers add column respondent text not null default ''; -- resident, family, visitor
alter table survey_answers add column ref text not null default ''; -- of a file: the number of the form
create unique index survey_answers_ref on survey_answers (round_id, ref) where ref <> '';
