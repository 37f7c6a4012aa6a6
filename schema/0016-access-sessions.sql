-- Whose a session is, since when and with what, so that it can be shown and ended. Sessions of before end with this.
-- +goose Up
delete from sessions;
alter table sessions add column user_id bigint not null default 0;
alter table sessions add column began_at bigint not null default 0;
alter table sessions add column seen_at bigint not null default 0;
alter table sessions add column device text not null default '';
create index sessions_user on sessions (user_id);
