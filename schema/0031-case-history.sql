-- A conference that was written down in error is struck: it stays, and says when, by whom and why it does not hold.
-- +goose Up
alter table conferences add column struck_on text;
alter table conferences add column struck_by text not null default '';
alter table conferences add column struck_why text not null default '';

-- When a leave on trial was agreed, and when it was called off: its history tells of both. Older leaves do not know.
alter table leaves add column planned_on text;
alter table leaves add column cancelled_on text;
