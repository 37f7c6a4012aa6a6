-- +goose Up
alter table cases add column family_of bigint;
alter table cases add column region text not null default 'unknown';
update cases set region = coalesce((select nullif(p.home_region, '') from persons p where p.id = cases.person_id), 'unknown');
create index cases_family on cases (family_of);
