-- +goose Up
-- What a body said of an institution: for how long each word holds, and when it was taken back.
create table accreditations (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	body text not null,
	grade text not null, -- of law/accreditation
	certificate_no text not null,
	decided_on text not null,
	valid_until text not null, -- the last day, as the certificate says
	ends_on text not null, -- the first day on which it counts no more: after the last one, or when it was withdrawn
	withdrawn_on text,
	withdrawn_why text not null,
	user_name text not null
);
create index accreditations_centre on accreditations (centre_id, decided_on, id);

-- The institutions themselves are counted from now on too. Since when they serve is not on record.
insert into deltas (id, measure, centre_id, day, dim, n)
	select e.id, 'centre', e.id, '2019-10-24', e.kind, 1 from centres e where e.client_service;
