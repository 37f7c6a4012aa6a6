-- +goose Up
alter table stays add column sex text not null default 'unknown';
alter table stays add column arrived boolean not null default true;
alter table stays add column departed boolean not null default true;
update stays set sex = (select p.sex from persons p where p.id = stays.person_id);
