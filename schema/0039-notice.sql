-- Notices that say in a sentence what happened, the digest by e-mail, the secret address of a calendar; and when the
-- directory of agencies changed, for who keeps a copy of it.
-- +goose Up
alter table agencies add column changed_at bigint;
alter table agency_services add column changed_at bigint;
