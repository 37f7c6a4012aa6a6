-- +goose Up
alter table consents add column explained text not null default '';
