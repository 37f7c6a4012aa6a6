-- +goose Up
alter table centres add column provider text not null default 'upt';
alter table centres add column appointment_no text not null default '';
alter table centres add column appointment_on text;
drop view centre_list;
create view centre_list as select * from centres;

create table certificates (
	id bigint primary key,
	staff_id bigint not null references staff (id),
	centre_id bigint not null,
	kind text not null,
	number text not null,
	from_on text not null,
	to_on text
);
create index certificates_staff on certificates (staff_id, id);
create index certificates_centre on certificates (centre_id, id);

alter table staff add column since text not null default '2019-10-24';
